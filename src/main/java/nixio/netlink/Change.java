package nixio.netlink;

/**
 * That something is there, new or changed, or is no more.
 *
 * @param entry what
 * @param isRemoved whether it is no more
 */
public record Change(Entry entry, boolean isRemoved) {}
