package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Preconditions;
import com.google.common.util.concurrent.internal.InternalFutureFailureAccess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user who is not root sees: what works, and of what does not, which right is missing. */
class RightsTest {
  private static final int NOBODY = 65534;

  @TempDir private static Path directory;

  private static int user;
  private static int port;
  private static Map<String, String> said;

  /** As root: in a JVM of another user, who may not read our files, and so gets copies. */
  @BeforeAll
  static void tryEverything() throws Exception {
    int self = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    user = self == 0 ? NOBODY : self;
    port = Integer.parseInt(Forked.sysctl("net.ipv4.ip_unprivileged_port_start")) - 1;
    Path classes = Files.createDirectory(directory.resolve("classes"));
    List<String> paths = new ArrayList<>();
    for (Class<?> origin :
        List.of(
            Socket.class,
            RightsMain.class,
            Preconditions.class,
            InternalFutureFailureAccess.class)) {
      paths.add(copy(origin, classes.resolve(origin.getSimpleName())).toString());
    }
    open(classes);
    open(directory);
    List<String> command = new ArrayList<>();
    if (self == 0) {
      assumeTrue(Forked.isInstalled("setpriv"), "root needs setpriv to become another user");
      command.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
      List<String> look = new ArrayList<>(command);
      look.addAll(List.of("test", "-x", Forked.java().getFirst(), "-a", "-r", paths.getLast()));
      Forked tried = Forked.run(directory, look);
      assumeTrue(tried.exit() == 0, () -> "nobody may not see the JDK or " + paths + tried);
    }
    command.addAll(
        Forked.java(Forked.NATIVE_ACCESS, "-cp", String.join(File.pathSeparator, paths)));
    command.addAll(List.of(RightsMain.class.getName(), Integer.toString(Math.max(port, 1)), "/"));
    said =
        Forked.run(directory, command).lines().stream()
            .map(line -> line.split("\t", 2))
            .collect(Collectors.toMap(line -> line[0], line -> line[1]));
    assumeTrue(
        self == 0 || !(Capability.CAP_NET_ADMIN.isHeld() || Capability.CAP_NET_RAW.isHeld()),
        "this user has the rights");
  }

  private static Path copy(Class<?> type, Path to) throws IOException {
    Path from =
        Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes)
              throws IOException {
            open(Files.createDirectory(to.resolve(from.relativize(visited).toString())));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes)
              throws IOException {
            open(Files.copy(visited, to.resolve(from.relativize(visited).toString())));
            return FileVisitResult.CONTINUE;
          }
        });
    return to;
  }

  private static void open(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @ParameterizedTest
  @CsvSource({
    "raw, socket inet raw icmp, EPERM, CAP_NET_RAW",
    "packet, socket packet dgram, EPERM, CAP_NET_RAW",
    "priority 7, setsockopt SO_PRIORITY, EPERM, CAP_NET_ADMIN",
    "mark, setsockopt SO_MARK, EPERM, CAP_NET_ADMIN",
    "rcvbufforce, setsockopt SO_RCVBUFFORCE, EPERM, CAP_NET_ADMIN",
    "sndbufforce, setsockopt SO_SNDBUFFORCE, EPERM, CAP_NET_ADMIN",
    "transparent, setsockopt IP_TRANSPARENT, EPERM, CAP_NET_ADMIN",
    "other device, setsockopt SO_BINDTODEVICE, EPERM, CAP_NET_RAW",
    "other index, setsockopt SO_BINDTOIFINDEX, EPERM, CAP_NET_RAW",
  })
  void theMissingRightIsNamed(String what, String operation, Errno errno, String right) {
    String how =
        "; needs %s: setcap %s+ep %s/bin/java, or docker run --cap-add %s"
            .formatted(
                right,
                right.toLowerCase(Locale.ROOT),
                System.getProperty("java.home"),
                right.substring("CAP_".length()));
    assertEquals(refusal(operation, errno) + how, said.get(what));
  }

  private static String refusal(String operation, Errno errno) {
    return String.format("%s: %s (%s, errno %d)", operation, errno.text(), errno, errno.number());
  }

  @ParameterizedTest
  @CsvSource({"path, bind /new", "connect, connect /"})
  void noRightIsNamedWhereItIsAMatterOfFiles(String what, String operation) {
    assertEquals(refusal(operation, Errno.EACCES), said.get(what));
  }

  @Test
  void broadcastNeedsAnOptionOnly() {
    assertEquals(
        refusal("sendto 127.255.255.255:9", Errno.EACCES)
            + "; a broadcast address needs SO_BROADCAST",
        said.get("broadcast"));
  }

  @ParameterizedTest
  @CsvSource({"priority 6", "device"})
  void othersNeedNoRight(String what) {
    assertEquals(RightsMain.DONE, said.get(what));
  }

  @Test
  void lowPortNeedsTheRight() {
    assumeTrue(port > 0, "net.ipv4.ip_unprivileged_port_start opens every port here");
    String message = said.get("port");
    assertTrue(message.startsWith(refusal("bind 127.0.0.1:" + port, Errno.EACCES) + "; "), message);
    assertTrue(message.contains("ip_unprivileged_port_start"), message);
    assertTrue(message.endsWith(" needs CAP_NET_BIND_SERVICE"), message);
  }

  @Test
  void pingNeedsAGroup() {
    String message = said.get("ping");
    assumeTrue(!message.equals(RightsMain.DONE), "everybody may ping here");
    assertTrue(message.startsWith(refusal("socket inet dgram icmp", Errno.EACCES) + "; "), message);
    assertTrue(message.contains("net.ipv4.ping_group_range"), message);
  }

  @Test
  void peersSeeTheUser() {
    assertTrue(said.get("user").contains("uid=" + user + ","), said::toString);
  }
}
