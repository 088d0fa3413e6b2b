/**
 * The command line: {@code nixio tour} shows the library at work on a real file, {@code nixio cat}
 * joins standard input and output to a socket. It uses nothing but the exported API, so that it
 * also shows how that is used.
 */
package nixio.tool;
