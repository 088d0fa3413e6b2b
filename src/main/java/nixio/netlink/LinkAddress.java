package nixio.netlink;

import nixio.Address;

/**
 * An address of an interface.
 *
 * @param index the interface's number
 * @param address this machine's address, with port 0, and without a scope
 * @param prefix how many of its bits name the network
 */
public record LinkAddress(int index, Address.Inet address, int prefix) implements Entry {}
