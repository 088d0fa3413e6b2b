package nixio.it;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** An IP packet as it was on the wire. */
final class Packet {
  private final byte[] bytes;

  Packet(byte[] bytes) {
    this.bytes = bytes;
  }

  private boolean isIpv6() {
    return bytes[0] >>> 4 == 6;
  }

  /** TOS, or traffic class. */
  int trafficClass() {
    return isIpv6() ? ByteBuffer.wrap(bytes).getInt() >>> 20 & 0xFF : bytes[1] & 0xFF;
  }

  /** TTL, or hop limit. */
  int hops() {
    return bytes[isIpv6() ? 7 : 8] & 0xFF;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  byte[] payload() {
    int header = isIpv6() ? 40 : (bytes[0] & 0xF) * 4;
    return Arrays.copyOfRange(bytes, header, bytes.length);
  }

  /** The port that it goes to, or -1 if it has no UDP. */
  int udpPort() {
    int protocol = bytes[isIpv6() ? 6 : 9];
    return protocol == 17 ? ByteBuffer.wrap(payload()).getShort(2) & 0xFFFF : -1;
  }
}
