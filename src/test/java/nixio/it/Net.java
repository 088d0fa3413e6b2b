package nixio.it;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Network.Ipam;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.testcontainers.containers.Network;

/** A network of IPv4 and IPv6, on subnets of its own. */
final class Net implements AutoCloseable {
  private static final int TRIES = 20;

  /** 10.213.255.0/24 stays free, for addresses that no engine knows. */
  private static final int SUBNETS = 255;

  private final Network network;

  private Net(Network network) {
    this.network = network;
  }

  static Net create() {
    return create(1500);
  }

  /** A network of an MTU. */
  static Net create(int mtu) {
    for (int tried = 1; ; tried++) {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      String ipv4 = "10.213." + random.nextInt(SUBNETS) + ".0/24";
      String ipv6 =
          "fd%02x:%x:%x:%x::/64"
              .formatted(1 + random.nextInt(255), word(random), word(random), word(random));
      Network network = network(ipv4, ipv6, mtu);
      try {
        network.getId();
        return new Net(network);
      } catch (DockerException e) {
        if (tried == TRIES) {
          throw e;
        }
      }
    }
  }

  private static int word(ThreadLocalRandom random) {
    return 1 + random.nextInt(0xFFFF);
  }

  private static Network network(String ipv4, String ipv6, int mtu) {
    return Network.builder()
        .enableIpv6(true)
        .createNetworkCmdModifier(command ->
            command
                .withIpam(
                    new Ipam()
                        .withConfig(
                            new Ipam.Config().withSubnet(ipv4), new Ipam.Config().withSubnet(ipv6)))
                .withOptions(Map.of("com.docker.network.driver.mtu", Integer.toString(mtu))))
        .build();
  }

  Network network() {
    return network;
  }

  String id() {
    return network.getId();
  }

  @Override
  public void close() {
    network.close();
  }
}
