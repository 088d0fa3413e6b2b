package nixio.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardSocketOptions;
import java.time.Duration;
import nixio.Codecs;
import nixio.Domain;
import nixio.Interface;
import nixio.Membership;
import nixio.Option;
import nixio.Socket;
import nixio.Type;

/** Options, by each of the ways to them. */
final class OptionExample {
  private OptionExample() {}

  static void option(PrintStream out) throws IOException {
    // @start region="option"
    try (Socket socket = Socket.open(Domain.INET, Type.STREAM)) {
      socket.setopt(Option.TCP_NODELAY, true);
      socket.setopt(Option.SO_RCVTIMEO, Duration.ofSeconds(2));
      out.println(socket.getopt(Option.TCP_NODELAY)); // true
      out.println(socket.getopt(Option.SO_RCVTIMEO)); // PT2S
      out.println(socket.getopt(Option.SO_LINGER)); // -1
    }
    // @end
  }

  static void strings(PrintStream out) throws IOException {
    // @start region="strings"
    try (Socket socket = Socket.open(Domain.INET, Type.STREAM)) {
      socket.setopt("tcp", "nodelay", 1);
      socket.setopt("socket", "rcvtimeo", 1, 500_000);
      out.println(socket.getopt("tcp", "nodelay")); // true
      out.println(socket.getopt("socket", "rcvtimeo")); // PT1.5S
    }
    // @end
  }

  static void jdk(PrintStream out) throws IOException {
    // @start region="jdk-options"
    try (Socket socket = Socket.open(Domain.INET, Type.DGRAM)) {
      socket.setopt(StandardSocketOptions.SO_RCVBUF, 65_536);
      out.println(socket.getopt(StandardSocketOptions.SO_RCVBUF)); // 131072
    }
    // @end
  }

  static void door(PrintStream out) throws IOException {
    // @start region="door"
    Option<Boolean> overflow = Option.of(1, 40, Codecs.FLAG); // SOL_SOCKET, SO_RXQ_OVFL
    try (Socket socket = Socket.open(Domain.INET, Type.DGRAM)) {
      out.println(socket.getopt(overflow)); // false
      out.println(socket.setopt(overflow, true).getopt(overflow)); // true
    }
    // @end
  }

  static void multicast(PrintStream out) throws IOException {
    // @start region="multicast"
    try (Socket socket = Socket.open(Domain.INET, Type.DGRAM)) {
      Membership group = Membership.of("239.1.2.3", Interface.of("lo"));
      socket.setopt(Option.IP_ADD_MEMBERSHIP, group);
      socket.setopt(Option.IP_MULTICAST_IF, Interface.of("lo"));
      out.println(socket.getopt(Option.IP_MULTICAST_IF)); // 127.0.0.1
      socket.setopt(Option.IP_DROP_MEMBERSHIP, group);
    }
    // @end
  }

  static void wrong(PrintStream out) throws IOException {
    // @start region="wrong-option"
    try (Socket socket = Socket.open(Domain.INET, Type.STREAM)) {
      socket.setopt("tcp", "delay", 1);
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage()); // unsupported option of level tcp "delay": supported are ...
    }
    // @end
  }
}
