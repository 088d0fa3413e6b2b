package nixio.netlink;

/** What a {@link NetworkMonitor} lists and watches. */
public sealed interface Entry permits Link, LinkAddress, Route {
  /** The index of the interface that it is, or is about; 0 for a route without one. */
  int index();
}
