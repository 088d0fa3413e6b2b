/**
 * The socket of the operating system, and what stands around it: {@link nixio.Socket}, {@link
 * nixio.Nixio}, {@link nixio.Poll}, {@link nixio.Option}, {@link nixio.Address}.
 *
 * <p>This is the only exported package. Numbers from below become words here, where operation and
 * address are known.
 *
 * <p>May call: {@code nixio.io} for whatever uses a descriptor; {@code nixio.posix} for constants,
 * the layouts of structs, and look-ups that need no descriptor.
 */
package nixio;
