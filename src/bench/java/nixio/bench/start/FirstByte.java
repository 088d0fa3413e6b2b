package nixio.bench.start;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import nixio.Nixio;
import nixio.Socket;

/** A program that sends itself a byte over TCP, and ends; or does nothing at all. */
final class FirstByte {
  private FirstByte() {}

  public static void main(String[] args) throws Throwable {
    switch (args[0]) {
      case "nixio" -> ByNixio.run();
      case "jdk" -> ByJdk.run();
      case "linker" -> ByLinker.run();
      default -> {}
    }
  }

  /** Loaded only if it is asked for. */
  private static final class ByNixio {
    static void run() throws IOException {
      try (Arena arena = Arena.ofConfined();
          Socket listener = Nixio.bind("127.0.0.1", 0).listen(1);
          Socket client = Nixio.connect("127.0.0.1", listener.getsockname().port());
          Socket server = listener.accept().socket()) {
        MemorySegment buffer = arena.allocate(1);
        client.send(buffer);
        server.recv(buffer);
      }
    }
  }

  private static final class ByJdk {
    static void run() throws IOException {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      try (ServerSocketChannel listener = ServerSocketChannel.open().bind(any, 1);
          SocketChannel client = SocketChannel.open(listener.getLocalAddress());
          SocketChannel server = listener.accept()) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1);
        client.write(buffer);
        server.read(buffer.clear());
      }
    }
  }

  /** The same system calls as nixio's, and as little else as there can be. */
  private static final class ByLinker {
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_CLOEXEC = 02000000;
    private static final int LENGTH = 16;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle CALL =
        LINKER.downcallHandle(
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS),
            Linker.Option.captureCallState("errno"));

    private static final MemorySegment ERRNO = Arena.global().allocate(8, 8);

    static long call(String function, long a, long b, long c, long d, MemorySegment kept)
        throws Throwable {
      MemorySegment address = LINKER.defaultLookup().find(function).orElseThrow();
      long answer = (long) CALL.invokeExact(address, ERRNO, a, b, c, d, kept);
      if ((int) answer < 0) {
        throw new IOException(function);
      }
      return answer;
    }

    static void run() throws Throwable {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment none = MemorySegment.NULL;
        MemorySegment at = arena.allocate(LENGTH, 8);
        at.set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET);
        at.set(ValueLayout.JAVA_INT, 4, 0x0100007f);
        MemorySegment size = arena.allocate(4, 4);
        size.set(ValueLayout.JAVA_INT, 0, LENGTH);

        long listener = call("socket", AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0, 0, none);
        call("bind", listener, at.address(), LENGTH, 0, at);
        call("listen", listener, 1, 0, 0, none);
        call("getsockname", listener, at.address(), size.address(), 0, at);
        long client = call("socket", AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0, 0, none);
        call("connect", client, at.address(), LENGTH, 0, at);
        long server = call("accept4", listener, 0, 0, SOCK_CLOEXEC, none);
        MemorySegment buffer = arena.allocate(1);
        call("send", client, buffer.address(), 1, 0, buffer);
        call("recv", server, buffer.address(), 1, 0, buffer);
        call("close", server, 0, 0, 0, none);
        call("close", client, 0, 0, 0, none);
        call("close", listener, 0, 0, 0, none);
      }
    }
  }
}
