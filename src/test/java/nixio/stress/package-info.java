/**
 * Threads that open, connect, send, receive, interrupt, time out and close at random, on sockets
 * that they share; every byte, every exception and every wait is accounted for. {@link
 * nixio.stress.Main} is the program.
 */
package nixio.stress;
