package nixio.tool;

import nixio.Type;

/** The types of UNIX sockets as they are typed, and so written like that. */
enum SocketKind {
  stream(Type.STREAM),
  dgram(Type.DGRAM),
  seqpacket(Type.SEQPACKET);

  private final Type type;

  SocketKind(Type type) {
    this.type = type;
  }

  Type type() {
    return type;
  }
}
