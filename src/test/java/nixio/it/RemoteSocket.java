package nixio.it;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A socket in a container. */
final class RemoteSocket {
  /** What an end of a stream is told as. */
  static final String EOF = "(end)";

  private final RemotePeer peer;
  private final String number;

  RemoteSocket(RemotePeer peer, String number) {
    this.peer = peer;
    this.number = number;
  }

  private List<String> tell(String command, Object... arguments) {
    return peer.tell(
        Stream.concat(
                Stream.of(command, number),
                Arrays.stream(arguments)
                    .map(argument -> argument == null ? "" : argument.toString()))
            .toArray(String[]::new));
  }

  /** The same socket, used by virtual threads. */
  RemoteSocket virtual() {
    return new RemoteSocket(peer.virtual(), number);
  }

  RemoteSocket bind(String host, int port) {
    tell("bind", host, port);
    return this;
  }

  RemoteSocket listen() {
    tell("listen", 16);
    return this;
  }

  Accepted accept() {
    List<String> accepted = tell("accept");
    return new Accepted(new RemoteSocket(peer, accepted.get(0)), accepted.get(1));
  }

  RemoteSocket connect(String host, int port) {
    tell("connect", host, port);
    return this;
  }

  RemoteSocket connect(String host, int port, Duration timeout) {
    tell("connect within", host, port, timeout.toMillis());
    return this;
  }

  String sockname() {
    return tell("getsockname").getFirst();
  }

  String peername() {
    return tell("getpeername").getFirst();
  }

  int port() {
    return Integer.parseInt(tell("port").getFirst());
  }

  RemoteSocket send(String text) {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  RemoteSocket send(byte[] data) {
    tell("send", HexFormat.of().formatHex(data));
    return this;
  }

  RemoteSocket sendto(String text, String host, int port) {
    return sendto(text.getBytes(StandardCharsets.UTF_8), host, port);
  }

  RemoteSocket sendto(byte[] data, String host, int port) {
    tell("sendto", HexFormat.of().formatHex(data), host, port);
    return this;
  }

  /** sendto with an address, not with the name of a host. */
  RemoteSocket sendtoAddress(byte[] data, String address, int port) {
    tell("sendto address", HexFormat.of().formatHex(data), address, port);
    return this;
  }

  /** What recv gives, as text, or {@link #EOF}. */
  String recv() {
    return text(tell("recv"));
  }

  /** What recvall gives, as text, or {@link #EOF}. */
  String recvall(int length) {
    return text(tell("recvall", length));
  }

  private static String text(List<String> received) {
    return received.get(0).equals("-1")
        ? EOF
        : new String(HexFormat.of().parseHex(received.get(1)), StandardCharsets.UTF_8);
  }

  Datagram recvfrom() {
    return datagram(tell("recvfrom", "wait"));
  }

  /** All that is there now. */
  List<Datagram> pending() {
    List<Datagram> all = new ArrayList<>();
    List<String> next = tell("recvfrom", "now");
    while (!next.get(0).equals("-2")) {
      all.add(datagram(next));
      next = tell("recvfrom", "now");
    }
    return all;
  }

  /**
   * The texts of all that arrives before a marker. What was sent before it, by the same host over
   * the same network, has arrived by then, or never will.
   */
  List<String> textsBefore(String marker) {
    List<String> texts = new ArrayList<>();
    for (String text = recvfrom().text(); !text.equals(marker); text = recvfrom().text()) {
      texts.add(text);
    }
    return texts;
  }

  private static Datagram datagram(List<String> received) {
    return new Datagram(received.get(1), received.get(2));
  }

  /** Sends so many bytes of a known pattern. */
  long fill(int length) {
    return Long.parseLong(tell("fill", length).getFirst());
  }

  /** Receives so many bytes; how many were of the pattern. */
  long drain(int length) {
    return Long.parseLong(tell("drain", length).getFirst());
  }

  RemoteSocket shutdown(String how) {
    tell("shutdown", how);
    return this;
  }

  RemoteSocket setblocking(boolean blocking) {
    tell("setblocking", blocking);
    return this;
  }

  /** The names of the events that poll finds. */
  List<String> poll(String event, Duration timeout) {
    return tell("poll", event, timeout.toMillis());
  }

  RemoteSocket set(String level, String option, Object... values) {
    Object[] arguments = Stream.concat(Stream.of(level, option), Arrays.stream(values)).toArray();
    tell("setopt", arguments);
    return this;
  }

  String get(String level, String option) {
    return tell("getopt", level, option).getFirst();
  }

  int number(String level, String option) {
    return Integer.parseInt(get(level, option));
  }

  /** Sets an option by numbers. */
  RemoteSocket switchOn(int level, int option) {
    tell("switch on", level, option);
    return this;
  }

  /** The bytes of an option by numbers. */
  byte[] ancillary(int level, int option) {
    return HexFormat.of().parseHex(tell("ancillary", level, option).getFirst());
  }

  void close() {
    tell("close");
  }
}
