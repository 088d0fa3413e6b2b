package nixio.netlink;

import nixio.Address;
import nixio.Domain;

/**
 * A route.
 *
 * @param domain of which addresses it is
 * @param destination the network, with port 0; null for all
 * @param prefix how many of its bits count
 * @param gateway the next machine; null for none
 * @param index the interface's number, or 0
 * @param metric of several routes the one with the least is taken
 * @param table the table that it is in, 254 for the main one
 */
public record Route(
    Domain domain,
    Address.Inet destination,
    int prefix,
    Address.Inet gateway,
    int index,
    int metric,
    int table)
    implements Entry {}
