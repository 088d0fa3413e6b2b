/**
 * The machine's links, addresses and routes, as the kernel tells them and their changes: {@link
 * nixio.netlink.NetworkMonitor}.
 */
package nixio.netlink;
