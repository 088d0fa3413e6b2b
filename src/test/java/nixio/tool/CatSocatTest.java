package nixio.tool;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code nixio cat} and socat, each calling the other. */
class CatSocatTest {
  @TempDir private Path directory;

  /**
   * A kind of socket in both languages; PATH, NAME and PORT stand for what the test puts there.
   *
   * @param ours arguments of cat
   * @param address the last ones: of a listener, with port 0
   * @param listen socat's address to listen
   * @param call socat's address to call
   */
  record Kind(List<String> ours, List<String> address, String listen, String call) {
    boolean isDatagram() {
      return ours.contains("-u") || ours.contains("--type=dgram");
    }

    void requireDomain() {
      if (ours.contains("-6")) {
        Ipv6.require();
      }
    }

    @Override
    public String toString() {
      return listen;
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind(
            List.of(),
            List.of("127.0.0.1", "0"),
            "TCP4-LISTEN:0,bind=127.0.0.1",
            "TCP4:127.0.0.1:PORT"),
        new Kind(List.of("-6"), List.of("::1", "0"), "TCP6-LISTEN:0,bind=[::1]", "TCP6:[::1]:PORT"),
        new Kind(
            List.of("-u"),
            List.of("127.0.0.1", "0"),
            "UDP4-LISTEN:0,bind=127.0.0.1",
            "UDP4:127.0.0.1:PORT"),
        new Kind(
            List.of("-u", "-6"),
            List.of("::1", "0"),
            "UDP6-LISTEN:0,bind=[::1]",
            "UDP6:[::1]:PORT"),
        new Kind(List.of("-U"), List.of("PATH"), "UNIX-LISTEN:PATH", "UNIX-CONNECT:PATH"),
        new Kind(List.of("-U"), List.of("@NAME"), "ABSTRACT-LISTEN:NAME", "ABSTRACT-CONNECT:NAME"),
        new Kind(
            List.of("-U", "--type=seqpacket"),
            List.of("PATH"),
            "UNIX-LISTEN:PATH,type=5",
            "UNIX-CONNECT:PATH,type=5"),
        new Kind(
            List.of("-U", "--type=dgram"),
            List.of("PATH"),
            "UNIX-RECVFROM:PATH",
            "UNIX-SENDTO:PATH,bind=PATH.caller"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void socatListens(Kind kind) throws Exception {
    kind.requireDomain();
    Words words = new Words(directory);
    try (Program socat = socat(words.fill(kind.listen()))) {
      String port = words.port(socat.errors().await("(?:listening|receiving) on .*AF=\\S+ (.+)"));
      try (Tool nixio = Tool.start(words.calling(kind, port))) {
        Dialogue.exchange(nixio, socat);
        end(kind, nixio, socat);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void socatCalls(Kind kind) throws Exception {
    kind.requireDomain();
    Words words = new Words(directory);
    try (Tool nixio = Tool.start(words.listening(kind))) {
      String port = words.port(nixio.errors().await("listening on (.+)\n"));
      try (Program socat = socat(words.fill(kind.call()).replace("PORT", port))) {
        Dialogue.exchange(socat, nixio);
        end(kind, socat, nixio);
      }
    }
  }

  private static void end(Kind kind, Talker caller, Talker answerer) throws Exception {
    if (kind.isDatagram()) {
      caller.finish();
      answerer.finish();
    } else {
      Dialogue.halfClose(caller, answerer);
    }
    Dialogue.assertDone(caller instanceof Tool ? caller : answerer);
  }

  /** Patient after one side's end, which socat by itself is not. */
  private static Program socat(String address) throws Exception {
    return Program.start("socat", "-d", "-d", "-t", "60", "STDIO", address);
  }
}
