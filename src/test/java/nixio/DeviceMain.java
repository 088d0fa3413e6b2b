package nixio;

import java.io.IOException;

/**
 * What device a tells of itself, and what then becomes of segments that are sent by it, to an
 * address; for {@link DeviceTest}.
 */
final class DeviceMain {
  private DeviceMain() {}

  public static void main(String[] args) throws IOException {
    Interface device = Interface.of("a");
    Address to = Address.parse(args[0]);
    Domain domain = args[0].startsWith("[") ? Domain.INET6 : Domain.INET;
    System.out.println(String.join(" ", device.features()));
    System.out.println(device.segments(domain));
    try (Socket socket = Socket.open(domain, Type.DGRAM);
        Batch batch = Batch.of(1, 2500)) {
      socket.connect(to);
      batch.length(0, 2500).segmentSize(0, 1000).count(1);
      tell(() -> socket.sendmsg(batch));
      batch.segmentSize(0, 2000); // and the MTU is 1500
      tell(() -> socket.sendmsg(batch));
      socket.setopt(Option.UDP_SEGMENT, 1000);
      tell(() -> socket.send(batch.buffer(0), 0, 2500));
    }
  }

  private static void tell(Send send) throws IOException {
    try {
      System.out.println(send.run());
    } catch (NixioException e) {
      System.out.println(e.getMessage());
    }
  }

  private interface Send {
    long run() throws IOException;
  }
}
