/**
 * The system's C library, function by function: one Java method is one C function and one man page.
 *
 * <p>Methods answer what the function answers where that is 0 or more, and {@code -errno} where it
 * failed. What differs between systems stands here: numbers in {@link nixio.posix.Constants},
 * layouts in {@link nixio.posix.Structs} and {@link nixio.posix.SockAddr}. Nothing here waits,
 * retries, locks or throws for a failed call.
 *
 * <p>May call: {@code nixio.posix.gen.linux}, which jextract writes, and nothing else of ours. It
 * alone may touch that package, the Linker and symbol look-ups.
 */
package nixio.posix;
