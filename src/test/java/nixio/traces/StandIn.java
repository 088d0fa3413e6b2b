package nixio.traces;

import java.util.List;

/**
 * Stands for a file or a pipe, which the library does not have: it keeps the bytes that steps move
 * through it, so that what sockets receive from it stays comparable.
 */
final class StandIn {

  private final boolean pipe;
  private final StringBuilder content = new StringBuilder();
  private int position;

  private StandIn(boolean pipe, String content) {
    this.pipe = pipe;
    this.content.append(content);
  }

  static StandIn file(String content) {
    return new StandIn(false, content);
  }

  /** Both ends of a pipe, the one for reading first. */
  static List<StandIn> pipe() {
    StandIn both = new StandIn(true, "");
    return List.of(both, both);
  }

  String take(long length) {
    int end = (int) Math.min(content.length(), position + length);
    String taken = content.substring(position, end);
    position = end;
    return taken;
  }

  void put(String data) {
    if (pipe) {
      content.append(data);
      return;
    }
    content.replace(position, Math.min(content.length(), position + data.length()), data);
    position += data.length();
  }

  void seek(long position) {
    this.position = Math.clamp(position, 0, content.length());
  }
}
