/** Tests of the command line: in this JVM, as a process, and against socat and OpenBSD's nc. */
package nixio.tool;
