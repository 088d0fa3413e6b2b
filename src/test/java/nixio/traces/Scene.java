package nixio.traces;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nixio.Socket;

/** What one case works with: captured values, sockets, a temporary folder, memory. */
final class Scene implements Closeable {

  /** An entry of poll's table. */
  record Watch(Object fd, List<String> events) {}

  /** Poll's table. */
  record Watches(List<Watch> list) {}

  private final Map<String, Object> names = new HashMap<>();
  private final List<Socket> sockets = new ArrayList<>();
  private final Map<Long, String> links = new HashMap<>();
  private final Set<Path> strays = new HashSet<>();
  private final Path folder = temporaryFolder();
  final Arena arena = Arena.ofConfined();

  private static Path temporaryFolder() {
    try {
      Path tmp = Path.of("/tmp");
      // A UNIX path has 108 bytes at most: java.io.tmpdir may leave no room.
      return Files.isWritable(tmp)
          ? Files.createTempDirectory(tmp, "nixio")
          : Files.createTempDirectory("nixio");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  void capture(String name, Object value) {
    names.put(name, value);
  }

  /** The value of a name; throws {@link Absent} where the step that had to bring it did not. */
  Object named(String name) {
    Object value = names.get(name);
    if (value instanceof Absent absent) {
      throw absent;
    }
    if (value == null && !names.containsKey(name)) {
      throw new IllegalStateException("the recording captures no " + name);
    }
    return value;
  }

  /** Drops every reference to what the name stands for. */
  void forget(String name) {
    Object value = names.remove(name);
    sockets.removeIf(socket -> socket == value);
    names.put(name, new Absent(name, Verdict.NOT_COVERED));
  }

  /** Has the socket closed with the scene. */
  Socket own(Socket socket) {
    sockets.add(socket);
    return socket;
  }

  /** Remembers what a descriptor number stands for: other tests open and close meanwhile. */
  void remember(long fd) {
    links.put(fd, link(fd));
  }

  /** Whether the number still stands for what it stood for when it was asked for. */
  boolean open(long fd) {
    String now = link(fd);
    return !now.isEmpty() && (!links.containsKey(fd) || now.equals(links.get(fd)));
  }

  private static String link(long fd) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
    } catch (IOException e) {
      return "";
    }
  }

  /** The memory to send from; off-heap, for that is the path most taken. */
  MemorySegment data(String text) {
    return arena.allocateFrom(ValueLayout.JAVA_BYTE, Lua.bytes(text));
  }

  /** A file that may appear outside the temporary folder, and has to go with the scene. */
  void stray(String path) {
    if (!path.isEmpty() && !path.startsWith("/") && path.indexOf('\0') < 0) {
      strays.add(Path.of(path));
    }
  }

  /** A value of the recording, in Lua's terms. */
  Object decode(JsonElement json) {
    return switch (json) {
      case JsonPrimitive primitive when primitive.isBoolean() -> primitive.getAsBoolean();
      case JsonPrimitive primitive when primitive.isNumber() -> Lua.number(primitive.getAsDouble());
      case JsonPrimitive primitive -> primitive.getAsString();
      case JsonArray array -> decodeAll(array);
      case JsonObject object -> decode(object);
      default -> null;
    };
  }

  List<Object> decodeAll(JsonArray array) {
    List<Object> values = new ArrayList<>();
    array.forEach(element -> values.add(decode(element)));
    return Collections.unmodifiableList(values);
  }

  private Object decode(JsonObject json) {
    if (json.has("$var")) {
      return named(json.get("$var").getAsString());
    }
    if (json.has("$add")) {
      JsonArray sum = json.getAsJsonArray("$add");
      Number value = (Number) named(sum.get(0).getAsString());
      return Lua.number(value.doubleValue() + sum.get(1).getAsDouble());
    }
    if (json.has("$rep")) {
      JsonArray repeated = json.getAsJsonArray("$rep");
      return repeated.get(0).getAsString().repeat(repeated.get(1).getAsInt());
    }
    if (json.has("$path")) {
      return path(json.get("$path").getAsString());
    }
    if (json.has("$padpath")) {
      JsonArray padded = json.getAsJsonArray("$padpath");
      String start = path("");
      int missing = padded.get(0).getAsInt() - start.length();
      return start + padded.get(1).getAsString().repeat(missing);
    }
    if (json.has("$poll")) {
      List<Watch> watches = new ArrayList<>();
      for (JsonElement element : json.getAsJsonArray("$poll")) {
        JsonObject watch = element.getAsJsonObject();
        watches.add(
            new Watch(decode(watch.get("fd")), List.copyOf(Step.texts(watch.get("events")))));
      }
      return new Watches(watches);
    }
    Map<String, Object> table = new LinkedHashMap<>();
    json.entrySet().forEach(entry -> table.put(entry.getKey(), decode(entry.getValue())));
    return table;
  }

  private String path(String name) {
    return Lua.text((folder + "/").getBytes(java.nio.charset.StandardCharsets.UTF_8)) + name;
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    arena.close();
    for (Path stray : strays) {
      Files.deleteIfExists(stray);
    }
    MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
  }
}
