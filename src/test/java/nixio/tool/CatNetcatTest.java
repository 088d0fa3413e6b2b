package nixio.tool;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nixio cat} and OpenBSD's nc, each calling the other. */
class CatNetcatTest {
  @TempDir private Path directory;

  @Test
  void tcp() throws Exception {
    ncListens("127.0.0.1");
    ncCalls("127.0.0.1");
  }

  @Test
  void tcpOverIpv6() throws Exception {
    Ipv6.require();
    ncListens("::1", "-6");
    ncCalls("::1", "-6");
  }

  @Test
  void udp() throws Exception {
    ncListens("127.0.0.1", "-u");
    ncCalls("127.0.0.1", "-u");
  }

  @Test
  void udpOverIpv6() throws Exception {
    Ipv6.require();
    ncListens("::1", "-u", "-6");
    ncCalls("::1", "-u", "-6");
  }

  @Test
  void unixStreamNcListens() throws Exception {
    String path = directory.resolve("socket").toString();
    try (Program nc = nc("-lUv", path)) {
      nc.errors().await("Listening on");
      callAndTalk(nc, false, "cat", "-U", path);
    }
  }

  @Test
  void unixStreamNcCalls() throws Exception {
    String path = directory.resolve("socket").toString();
    try (Tool nixio = Tool.start("cat", "-lvU", path)) {
      nixio.errors().await("listening on");
      try (Program nc = nc("-NU", path)) {
        talk(nc, nixio, false);
      }
    }
  }

  @Test
  void unixDatagramNcListens() throws Exception {
    String path = directory.resolve("socket").toString();
    try (Program nc = nc("-luUv", path)) {
      nc.errors().await("Bound on");
      callAndTalk(nc, true, "cat", "-q0.2", "-U", "--type", "dgram", path);
    }
  }

  @Test
  void unixDatagramNcCalls() throws Exception {
    String path = directory.resolve("socket").toString();
    String caller = directory.resolve("caller").toString();
    try (Tool nixio = Tool.start("cat", "-lvuU", "-q0.2", path)) {
      nixio.errors().await("listening on");
      try (Program nc = nc("-uU", "-s", caller, path)) {
        talk(nc, nixio, true);
      }
    }
  }

  private static void ncListens(String host, String... options) throws Exception {
    boolean datagrams = options.length > 0 && options[0].equals("-u");
    try (Program nc = nc(arguments(options, "-lvn", host, "0"))) {
      String port = nc.errors().await("(?:Listening|Bound) on \\S+ (\\d+)");
      String[] words = arguments(options, host, port);
      callAndTalk(
          nc, datagrams, datagrams ? prepend(words, "cat", "-q0.2") : prepend(words, "cat"));
    }
  }

  private static void ncCalls(String host, String... options) throws Exception {
    boolean datagrams = options.length > 0 && options[0].equals("-u");
    String[] words = arguments(options, "-lv", host, "0");
    try (Tool nixio =
        Tool.start(datagrams ? prepend(words, "cat", "-q0.2") : prepend(words, "cat"))) {
      String port = nixio.errors().await("listening on \\S*:(\\d+)\n");
      try (Program nc = nc(arguments(options, "-nN", host, port))) {
        talk(nc, nixio, datagrams);
      }
    }
  }

  private static void callAndTalk(Program nc, boolean datagrams, String... command)
      throws Exception {
    try (Tool nixio = Tool.start(command)) {
      Dialogue.exchange(nixio, nc);
      nixio.finish();
      Dialogue.assertDone(endOf(nc, nixio, datagrams));
    }
  }

  /** A listening nc is done with its caller's end, a datagram has none. */
  private static Tool endOf(Program nc, Tool nixio, boolean datagrams) throws Exception {
    if (!datagrams) {
      nc.exitCode();
    }
    return nixio;
  }

  private static void talk(Program nc, Tool nixio, boolean datagrams) throws Exception {
    Dialogue.exchange(nc, nixio);
    if (datagrams) {
      nixio.finish();
    } else {
      Dialogue.halfClose(nc, nixio);
    }
    Dialogue.assertDone(nixio);
  }

  /** The OpenBSD one: the others have other options. */
  private static Program nc(String... arguments) throws Exception {
    try (Program help = Program.start("nc", "-h")) {
      help.exitCode();
      String words = help.out().text() + help.errors().text();
      assumeTrue(words.contains("OpenBSD"), "nc is not OpenBSD's");
    }
    return Program.start(prepend(arguments, "nc"));
  }

  private static String[] arguments(String[] options, String... rest) {
    return prepend(rest, options);
  }

  private static String[] prepend(String[] words, String... first) {
    String[] all = java.util.Arrays.copyOf(first, first.length + words.length);
    System.arraycopy(words, 0, all, first.length, words.length);
    return all;
  }
}
