package nixio.io;

/** What a kind of socket tells of itself. */
public enum Nature {
  /** Events tell when there is something to receive, and when there is room. */
  TELLING,
  /**
   * A receive that stops short has found all there is, and an event tells when there is more: TCP.
   * (UNIX streams stop short of passed descriptors and changed credentials, and no event follows.)
   */
  DRAINING,
  /** No event tells when there is room to send: UNIX datagrams. */
  ROOM_UNTOLD,
  /** As {@link #TELLING}; a send that does not wait is another one: a packet ring's. */
  PECULIAR
}
