package io.netty.channel.epoll;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.epoll.NativeDatagramPacketArray.NativeDatagramPacket;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import nixio.bench.peer.DatagramsTogether;

/**
 * The native sendmmsg, recvmmsg and recvmsg below Netty's EpollDatagramChannel, without pipeline
 * and event loop. It stands in Netty's package, as they are not public.
 */
public final class NettyJniTogether implements DatagramsTogether {
  private final LinuxSocket from = open();
  private final LinuxSocket to = open();
  private final NativeDatagramPacketArray sent = new NativeDatagramPacketArray();
  private final NativeDatagramPacketArray received = new NativeDatagramPacketArray();
  private final Field segmentSize;
  private final ByteBuf data;
  private final int messages;
  private final int size;
  private final int segment;

  private NettyJniTogether(int messages, int size, int segment) throws IOException {
    from.connect(to.localAddress());
    to.connect(from.localAddress());
    to.setUdpGro(segment > 0);
    this.data = Unpooled.directBuffer(messages * size).writeZero(messages * size);
    this.messages = messages;
    this.size = size;
    this.segment = segment;
    try {
      segmentSize = NativeDatagramPacket.class.getDeclaredField("segmentSize");
      segmentSize.setAccessible(true);
      Method add = adding();
      for (int i = 0; i < messages; i++) {
        add.invoke(sent, data, i * size, size, segment, null);
      }
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("another version of Netty", e);
    }
  }

  /** Messages of a datagram each. */
  public static NettyJniTogether batches(int many, int size) throws IOException {
    return new NettyJniTogether(many, size, 0);
  }

  /** One message that is cut into datagrams. */
  public static NettyJniTogether segments(int many, int size) throws IOException {
    return new NettyJniTogether(1, many * size, size);
  }

  private static LinuxSocket open() throws IOException {
    Epoll.ensureAvailability();
    LinuxSocket socket = LinuxSocket.newSocketDgram(false);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return socket;
  }

  private static Method adding() throws NoSuchMethodException {
    Method method =
        NativeDatagramPacketArray.class.getDeclaredMethod(
            "add0", ByteBuf.class, int.class, int.class, int.class, InetSocketAddress.class);
    method.setAccessible(true);
    return method;
  }

  @Override
  public void send() throws IOException {
    for (int done = 0; done < messages; ) {
      done += from.sendmmsg(sent.packets(), done, messages - done);
    }
  }

  @Override
  public int receive() throws IOException {
    received.clear(); // the native call has written over it
    for (int i = 0; i < messages; i++) {
      received.addWritable(data, i * size, size);
    }
    return segment == 0 ? to.recvmmsg(received.packets(), 0, messages) : receiveSegments();
  }

  private int receiveSegments() throws IOException {
    NativeDatagramPacket packet = received.packets()[0];
    int bytes = to.recvmsg(packet);
    try {
      if (segmentSize.getInt(packet) != segment || bytes % segment != 0) {
        throw new IOException(bytes + " bytes in segments of " + segmentSize.getInt(packet));
      }
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
    return bytes / segment;
  }

  @Override
  public void close() throws IOException {
    from.close();
    to.close();
    sent.release();
    received.release();
    data.release();
  }
}
