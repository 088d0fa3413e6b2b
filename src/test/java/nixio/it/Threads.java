package nixio.it;

/** Which kind of thread waits. */
enum Threads {
  PLATFORM,
  VIRTUAL;

  RemotePeer of(Host host) {
    return this == VIRTUAL ? host.peer().virtual() : host.peer();
  }
}
