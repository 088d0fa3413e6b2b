/**
 * Who may use a descriptor, when, and how long to wait: {@link nixio.io.Descriptor} and the {@link
 * nixio.io.Poller} that virtual threads park on.
 *
 * <p>Every lock and every state flag of the library stands here. Numbers and segments go in,
 * numbers come out: 0 or more, {@code -errno}, or {@link nixio.io.Descriptor#TIMED_OUT}. It knows
 * no addresses, options or exceptions.
 *
 * <p>May call: {@code nixio.posix}.
 */
package nixio.io;
