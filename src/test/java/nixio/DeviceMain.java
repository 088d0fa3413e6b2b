package nixio;

import java.io.IOException;

/** What a device tells of itself, and whether it then sends segments; for {@link DeviceTest}. */
final class DeviceMain {
  private DeviceMain() {}

  public static void main(String[] args) throws IOException {
    Interface device = Interface.of("a");
    System.out.println(String.join(" ", device.features()));
    System.out.println(device.segments(Domain.INET));
    try (Socket socket = Socket.open(Domain.INET, Type.DGRAM);
        Batch batch = Batch.of(1, 2500)) {
      socket.connect(Address.parse(args[0]));
      batch.length(0, 2500).segmentSize(0, 1000).count(1);
      System.out.println(socket.sendmsg(batch));
    } catch (NixioException e) {
      System.out.println(e.errno());
    }
  }
}
