package nixio.it;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What arrived.
 *
 * @param hex the bytes
 * @param sender who sent it, as the library there writes addresses
 */
record Datagram(String hex, String sender) {
  byte[] data() {
    return HexFormat.of().parseHex(hex);
  }

  String text() {
    return new String(data(), StandardCharsets.UTF_8);
  }
}
