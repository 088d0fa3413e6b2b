package nixio.it;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import com.google.common.util.concurrent.internal.InternalFutureFailureAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import nixio.Socket;
import nixio.it.peer.Peer;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** A container with the library, and a program in it that uses it. */
final class Host implements AutoCloseable {
  static final DockerImageName IMAGE =
      DockerImageName.parse(System.getProperty("it.image", "eclipse-temurin:25-jdk"));

  private static final String DIRECTORY = "/nixio/";
  private static final int READABLE = 0755;
  private static final int TENTATIVE = 0x40;

  /** Everybody may ping. */
  private static final Map<String, String> SYSCTLS =
      Map.of("net.ipv4.ping_group_range", "0 2147483647");

  private final String name;
  private final GenericContainer<?> container;
  private final List<Net> nets;
  private final Map<Net, Link> links = new ConcurrentHashMap<>();
  private final List<RemotePeer> peers = new ArrayList<>();
  private boolean settled;

  private Host(String name, GenericContainer<?> container, List<Net> nets) {
    this.name = name;
    this.container = container;
    this.nets = nets;
  }

  /** A host on networks, of the image that all tests use. */
  static Host start(String name, List<Net> nets) {
    return start(name, nets, container -> {});
  }

  static Host start(String name, List<Net> nets, Consumer<GenericContainer<?>> more) {
    return start(IMAGE.asCanonicalNameString(), name, nets, more);
  }

  static Host start(String image, String name, List<Net> nets, Consumer<GenericContainer<?>> more) {
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withNetwork(nets.getFirst().network())
            .withNetworkAliases(name)
            .withCommand("sleep", "1000000")
            .withCopyFileToContainer(home(Socket.class), DIRECTORY + "nixio.jar")
            .withCopyFileToContainer(home(ImmutableList.class), DIRECTORY + "guava.jar")
            .withCopyFileToContainer(
                home(InternalFutureFailureAccess.class), DIRECTORY + "failureaccess.jar")
            .withCopyFileToContainer(programs(), DIRECTORY + "classes/nixio/it/peer")
            .withCreateContainerCmdModifier(command ->
                command
                    .withHostName(name)
                    .getHostConfig()
                    .withCapAdd(Capability.NET_RAW)
                    .withSysctls(SYSCTLS));
    more.accept(container);
    Host host = new Host(name, container, nets);
    try {
      container.start();
      for (Net net : nets.subList(1, nets.size())) {
        host.connect(net);
      }
      host.newPeer("");
      host.findLinks();
      return host;
    } catch (Throwable t) {
      container.stop();
      throw t;
    }
  }

  /** Where a class comes from: a jar, or a directory if an IDE runs the tests. */
  private static Path origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MountableFile home(Class<?> type) {
    return MountableFile.forHostPath(origin(type), READABLE);
  }

  private static MountableFile programs() {
    return MountableFile.forHostPath(origin(Peer.class).resolve("nixio/it/peer"), READABLE);
  }

  /** Starts one more program, as a user of the image, or as the container's if empty. */
  RemotePeer newPeer(String user) {
    String path =
        String.join(
            ":",
            Stream.of("nixio.jar", "guava.jar", "failureaccess.jar", "classes")
                .map(DIRECTORY::concat)
                .toList());
    try {
      RemotePeer peer =
          new RemotePeer(
              new ControlChannel(
                  container.getContainerId(),
                  user,
                  "java",
                  "-XX:+IgnoreUnrecognizedVMOptions",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "--enable-native-access=ALL-UNNAMED",
                  "--illegal-native-access=deny",
                  "-cp",
                  path,
                  Peer.class.getName()));
      peers.add(peer);
      return peer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RemotePeer peer() {
    return peers.getFirst();
  }

  Link on(Net net) {
    return links.get(net);
  }

  /** The address by which this host reaches another over a network. */
  String to(Host there, Net net, Family family) {
    if (family == Family.LINK_LOCAL) {
      settle();
      there.settle();
    }
    return on(net).to(there.on(net), family);
  }

  void tidyUp() {
    peers.forEach(RemotePeer::tidyUp);
  }

  private static DockerClient docker() {
    return DockerClientFactory.lazyClient();
  }

  /** Plugs the host into a network, with the addresses that it had there. */
  void connect(Net net) {
    ContainerNetwork.Ipam addresses = new ContainerNetwork.Ipam();
    Link before = links.get(net);
    if (before != null) {
      addresses.withIpv4Address(before.ipv4()).withIpv6Address(before.uniqueLocal());
    }
    docker()
        .connectToNetworkCmd()
        .withContainerId(container.getContainerId())
        .withNetworkId(net.id())
        .withContainerNetwork(new ContainerNetwork().withIpamConfig(addresses))
        .exec();
    if (before != null) {
      findLinks();
    }
  }

  /** Pulls the host out of a network. */
  void disconnect(Net net) {
    docker()
        .disconnectFromNetworkCmd()
        .withContainerId(container.getContainerId())
        .withNetworkId(net.id())
        .exec();
  }

  void kill() {
    docker().killContainerCmd(container.getContainerId()).exec();
    peers.clear();
  }

  /** Starts it again after {@link #kill}. */
  void restart() {
    docker().startContainerCmd(container.getContainerId()).exec();
    newPeer("");
    findLinks();
  }

  void pause() {
    docker().pauseContainerCmd(container.getContainerId()).exec();
  }

  void unpause() {
    docker().unpauseContainerCmd(container.getContainerId()).exec();
  }

  /** Runs a program of the image, which must succeed. */
  void run(String... command) {
    peer().tell(Stream.concat(Stream.of("run"), Stream.of(command)).toArray(String[]::new));
  }

  /** Whether the image has a program. */
  boolean has(String program) {
    return Stream.of("/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/")
        .anyMatch(directory -> peer().tell("exists", directory + program).contains("true"));
  }

  /**
   * Waits until no address is tentative any more: for the first second or two nothing is sent from
   * addresses of fe80::.
   */
  void settle() {
    if (!settled) {
      Await.until(
          "addresses that can be used",
          () -> addresses().noneMatch(row -> (row.flags & TENTATIVE) != 0));
      settled = true;
    }
  }

  private Stream<Row> addresses() {
    return peer().read("/proc/net/if_inet6").stream().map(Row::of);
  }

  /** Waits until each network has its interface. */
  private void findLinks() {
    settled = false;
    Await.until(
        "interfaces of all networks",
        () -> {
          List<Row> rows = addresses().toList();
          Map<String, ContainerNetwork> known =
              docker()
                  .inspectContainerCmd(container.getContainerId())
                  .exec()
                  .getNetworkSettings()
                  .getNetworks();
          return nets.stream().allMatch(net -> findLink(net, known, rows));
        });
  }

  private boolean findLink(Net net, Map<String, ContainerNetwork> known, List<Row> rows) {
    Optional<ContainerNetwork> endpoint =
        known.values().stream().filter(each -> net.id().equals(each.getNetworkID())).findAny();
    if (endpoint.isEmpty()) {
      return false;
    }
    String ipv4 = endpoint.get().getIpAddress();
    String ipv6 = endpoint.get().getGlobalIPv6Address();
    Optional<Row> row = rows.stream().filter(each -> each.is(ipv6)).findAny();
    Optional<Row> local =
        row.flatMap(own ->
            rows.stream().filter(each -> each.index == own.index && each.isLinkLocal()).findAny());
    local.ifPresent(
        found -> links.put(net, new Link(found.name, found.index, ipv4, ipv6, found.text())));
    return local.isPresent();
  }

  /** A line of /proc/net/if_inet6. */
  private record Row(String address, int index, int flags, String name) {
    static Row of(String line) {
      List<String> columns = Splitter.on(' ').omitEmptyStrings().splitToList(line);
      return new Row(
          columns.get(0),
          Integer.parseInt(columns.get(1), 16),
          Integer.parseInt(columns.get(4), 16),
          columns.get(5));
    }

    boolean isLinkLocal() {
      return address.startsWith("fe80");
    }

    boolean is(String literal) {
      byte[] bytes = InetAddresses.forString(literal).getAddress();
      return HexFormat.of().formatHex(bytes).equals(address);
    }

    /** As inet_ntop(3) writes it. */
    String text() {
      return InetAddresses.toAddrString(
          InetAddresses.forString(address.replaceAll("(.{4})(?!$)", "$1:")));
    }
  }

  @Override
  public String toString() {
    return name;
  }

  @Override
  public void close() {
    container.stop();
  }
}
