package nixio.bench.ends;

import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import nixio.Address;
import nixio.Domain;
import nixio.Socket;
import nixio.Type;
import nixio.bench.Measures;
import nixio.bench.Parent;
import nixio.bench.peer.Endpoint;

/**
 * Sends a file: asked with a number of milliseconds, again and again for so long. Arguments:
 * technique, where to connect to, the file.
 */
final class FileClient {
  private FileClient() {}

  public static void main(String[] args) throws Exception {
    Endpoint to = Endpoint.parse(args[1]);
    Path path = Path.of(args[2]);
    FileChannel file = FileChannel.open(path);
    if (args[0].equals("netty-epoll")) {
      NettyClient client =
          new NettyClient(args[0], to, FileService.SIZE, false, () -> new Region(file));
      Parent.serve(Measures.of("ready", 1), client::run);
    } else {
      Client.Sending sending =
          args[0].equals("jdk") ? jdk(to, file) : nixio(args[0], to, file, path);
      Parent.serve(
          Measures.of("ready", 1),
          question -> Client.send(sending, 1_000_000L * Long.parseLong(question)));
    }
  }

  private static Client.Sending nixio(String technique, Endpoint to, FileChannel file, Path path)
      throws IOException {
    Socket socket = Socket.open(to.isUnix() ? Domain.UNIX : Domain.INET, Type.STREAM);
    socket.connect(Address.of(to.toSocketAddress()));
    return switch (technique) {
      case "nixio" -> {
        int descriptor = descriptor(path);
        yield () -> socket.sendfile(descriptor, 0, FileService.SIZE);
      }
      case "nixio-channel" -> () -> socket.sendfile(file, 0, FileService.SIZE);
      case "nixio-mapped" -> {
        MemorySegment mapped =
            file.map(FileChannel.MapMode.READ_ONLY, 0, FileService.SIZE, Arena.ofAuto());
        yield () -> socket.send(mapped);
      }
      case "nixio-read" -> {
        MemorySegment buffer = Arena.ofAuto().allocate(1 << 16, 4096);
        ByteBuffer view = buffer.asByteBuffer();
        yield () -> {
          for (long at = 0; at < FileService.SIZE; ) {
            int n = file.read(view.clear(), at);
            socket.send(buffer, 0, n);
            at += n;
          }
        };
      }
      default -> throw new IllegalArgumentException("no technique for a file: " + technique);
    };
  }

  /** A channel does not tell it. */
  private static int descriptor(Path file) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      List<Path> links = open.toList();
      for (Path link : links) {
        if (Files.exists(link) && Files.isSameFile(link, file)) {
          return Integer.parseInt(link.getFileName().toString());
        }
      }
    }
    throw new IOException(file + " is not open");
  }

  private static Client.Sending jdk(Endpoint to, FileChannel file) throws IOException {
    SocketChannel channel =
        SocketChannel.open(to.isUnix() ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET);
    channel.connect(to.toSocketAddress());
    return () -> {
      for (long at = 0; at < FileService.SIZE; ) {
        at += file.transferTo(at, FileService.SIZE - at, channel);
      }
    };
  }

  /** One that leaves the file open, as the others do. */
  private static final class Region extends DefaultFileRegion {
    Region(FileChannel file) {
      super(file, 0, FileService.SIZE);
    }

    @Override
    protected void deallocate() {
      // the next one needs it
    }
  }
}
