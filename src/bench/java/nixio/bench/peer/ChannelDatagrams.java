package nixio.bench.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** The JDK's DatagramChannel. */
final class ChannelDatagrams implements Datagrams {
  private final DatagramChannel from = open();
  private final DatagramChannel to = open();
  private final ByteBuffer buffer;

  ChannelDatagrams(int size) throws IOException {
    from.connect(to.getLocalAddress());
    to.connect(from.getLocalAddress());
    buffer = ByteBuffer.allocateDirect(size);
  }

  private static DatagramChannel open() throws IOException {
    return DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @Override
  public void send() throws IOException {
    from.write(buffer.clear());
  }

  @Override
  public long receive() throws IOException {
    return to.read(buffer.clear());
  }

  @Override
  public void close() throws IOException {
    from.close();
    to.close();
  }
}
