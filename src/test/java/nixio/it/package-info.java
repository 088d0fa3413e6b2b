/**
 * The library in Linux containers, talking across real networks. Each test asks the programs in the
 * containers ({@link nixio.it.peer.Peer}) to use the library, and looks at both sides.
 */
package nixio.it;
