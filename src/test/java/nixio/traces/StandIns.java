package nixio.traces;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import nixio.Socket;

/**
 * Does what the reference is recorded to have done in functions that the library lacks, as far as
 * sockets feel it: as many bytes as recorded go from a file or pipe to a socket, or back.
 */
final class StandIns {

  private final Scene scene;

  StandIns(Scene scene) {
    this.scene = scene;
  }

  /** Answers whether later steps are still comparable; files and pipes go into the map. */
  boolean follow(Step step, Call call, Map<String, Object> captured) throws IOException {
    if (!step.succeeded()) {
      return true;
    }
    if (call.room().equals("nixio")) {
      return module(step, call, captured);
    }
    if (call.self() instanceof StandIn file) {
      return file(step, call, file);
    }
    if ((call.method("copy") || call.method("copyz")) && call.get(0) instanceof StandIn) {
      return move(call.self(), call.get(0), amount(step));
    }
    return !(call.self() instanceof Socket);
  }

  private boolean module(Step step, Call call, Map<String, Object> captured) throws IOException {
    switch (call.fn()) {
      case "mkstemp", "open" -> files(step, List.of(StandIn.file(content(call))), captured);
      case "pipe" -> files(step, StandIn.pipe(), captured);
      case "nanosleep" -> sleep(call);
      case "splice" -> {
        return move(call.get(0), call.get(1), amount(step));
      }
      case "sendfile" -> {
        return move(call.get(1), call.get(0), amount(step));
      }
      default -> {
        return call.args().stream().noneMatch(Socket.class::isInstance);
      }
    }
    return true;
  }

  private boolean file(Step step, Call call, StandIn file) throws IOException {
    switch (call.fn()) {
      case "write", "writeall", "sendall" -> file.put(Lua.toText(call.get(0)));
      case "read", "readall", "recvall" -> {
        if (scene.decode(step.ret().get(0)) instanceof String data) {
          file.take(data.length());
        }
      }
      case "seek" -> file.seek(amount(step));
      case "copy", "copyz" -> {
        return move(file, call.get(0), amount(step));
      }
      default -> {
        return call.args().stream().noneMatch(Socket.class::isInstance);
      }
    }
    return true;
  }

  private static void files(Step step, List<StandIn> files, Map<String, Object> captured) {
    Iterator<StandIn> next = files.iterator();
    Expectation.captures(
        step.ret(),
        (name, _) -> {
          if (next.hasNext()) {
            captured.put(name, next.next());
          }
        });
  }

  private static String content(Call call) {
    try {
      return call.fn().equals("open") && call.get(0) instanceof String path
          ? Lua.text(Files.readAllBytes(Path.of(path)))
          : "";
    } catch (IOException e) {
      return "";
    }
  }

  private static void sleep(Call call) throws IOException {
    long seconds = call.get(0) instanceof Number number ? number.longValue() : 0;
    long nanos = call.get(1) instanceof Number number ? number.longValue() : 0;
    try {
      Thread.sleep(Duration.ofSeconds(seconds, nanos));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static long amount(Step step) {
    JsonElement first = step.ret().get(0);
    return first.isJsonPrimitive() && first.getAsJsonPrimitive().isNumber() ? first.getAsLong() : 0;
  }

  private boolean move(Object from, Object to, long amount) throws IOException {
    String data =
        switch (from) {
          case Socket socket -> {
            MemorySegment block = scene.arena.allocate(amount);
            long count = amount == 0 ? 0 : socket.recvall(block);
            yield Lua.text(block.asSlice(0, Math.max(count, 0)));
          }
          case StandIn file -> file.take(amount);
          case null, default -> "";
        };
    switch (to) {
      case Socket socket ->
          socket.sendall(scene.arena.allocateFrom(ValueLayout.JAVA_BYTE, Lua.bytes(data)));
      case StandIn file -> file.put(data);
      case null, default -> {
        return false;
      }
    }
    return data.length() == amount;
  }
}
