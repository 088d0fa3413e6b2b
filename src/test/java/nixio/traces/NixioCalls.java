package nixio.traces;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nixio.Address;
import nixio.AddressInfo;
import nixio.Domain;
import nixio.Nixio;
import nixio.Poll;
import nixio.Protocol;
import nixio.Socket;
import nixio.Type;

/** The functions of the module nixio, each by the library's own call. */
final class NixioCalls {

  private final Scene scene;

  NixioCalls(Scene scene) {
    this.scene = scene;
  }

  Outcome call(String fn, Arguments a) throws IOException {
    return switch (fn) {
      case "socket" -> Outcome.values(scene.own(socket(a.atMost(3))));
      case "bind" -> Outcome.values(scene.own(bind(a.atMost(4))));
      case "connect" -> Outcome.values(scene.own(connect(a.atMost(4))));
      case "dup" ->
          a.count() == 1 && a.get(0) instanceof Socket socket
              ? Outcome.values(scene.own(socket.dup()))
              : new Outcome.NotCovered();
      case "getaddrinfo" -> getaddrinfo(a.atMost(3));
      case "getnameinfo" -> Outcome.values(getnameinfo(a.atMost(3)));
      case "poll" -> poll(a.atMost(2));
      case "poll_flags" -> pollFlags(a);
      default -> new Outcome.NotCovered();
    };
  }

  private static Socket socket(Arguments a) throws IOException {
    Domain domain = Domain.of(a.text(0));
    Type type = Type.of(a.text(1));
    return a.has(2) ? Socket.open(domain, type, Protocol.of(a.text(2))) : Socket.open(domain, type);
  }

  private static Socket bind(Arguments a) throws IOException {
    String host = a.textOr(0, null);
    if (!a.has(2) && !a.has(3)) {
      return a.get(1) instanceof Long ? Nixio.bind(host, a.number(1)) : Nixio.bind(host, a.text(1));
    }
    return a.get(1) instanceof Long
        ? Nixio.bind(host, a.number(1), family(a, 2), type(a))
        : Nixio.bind(host, a.text(1), family(a, 2), type(a));
  }

  private static Socket connect(Arguments a) throws IOException {
    String host = a.textOr(0, null);
    if (!a.has(2) && !a.has(3)) {
      return a.get(1) instanceof Long
          ? Nixio.connect(host, a.number(1))
          : Nixio.connect(host, a.text(1));
    }
    return a.get(1) instanceof Long
        ? Nixio.connect(host, a.number(1), family(a, 2), type(a))
        : Nixio.connect(host, a.text(1), family(a, 2), type(a));
  }

  // nixio's "any" is null in Java.

  private static Domain family(Arguments a, int index) {
    String name = a.textOr(index, "any");
    return name.equals("any") ? null : Domain.of(name);
  }

  private static Type type(Arguments a) {
    String name = a.textOr(3, "stream");
    return name.equals("any") ? null : Type.of(name);
  }

  private static Outcome getaddrinfo(Arguments a) throws IOException {
    String host = a.textOr(0, null);
    Domain family = family(a, 1);
    List<AddressInfo> found;
    if (a.has(2)) {
      String service = a.get(2) instanceof Long ? String.valueOf(a.number(2)) : a.text(2);
      found = Nixio.getaddrinfo(host, family, service);
    } else {
      found = family == null ? Nixio.getaddrinfo(host) : Nixio.getaddrinfo(host, family);
    }
    List<Object> list = new ArrayList<>();
    for (AddressInfo info : found) {
      Address address = info.address();
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("family", info.domain().toString());
      entry.put("address", address instanceof Address.Inet inet ? inet.host() : null);
      if (a.has(2)) {
        entry.put("socktype", info.type().toString());
        entry.put("port", address instanceof Address.Inet inet ? (long) inet.port() : null);
        list.add(entry);
      } else if (info.type().equals(Type.STREAM)) {
        // Without a service the reference names each address once.
        list.add(entry);
      }
    }
    return Outcome.values(list);
  }

  private static String getnameinfo(Arguments a) throws IOException {
    String ip = a.text(0);
    Domain family = a.has(1) ? Domain.of(a.text(1)) : null;
    if (a.has(2)) {
      return Nixio.getnameinfo(ip, family, Duration.ofSeconds(a.whole(2)));
    }
    return family == null ? Nixio.getnameinfo(ip) : Nixio.getnameinfo(ip, family);
  }

  private static Outcome poll(Arguments a) throws IOException {
    long millis = a.wholeOr(1, 0);
    Duration timeout = millis < 0 ? null : Duration.ofMillis(millis);
    List<Scene.Watch> watches =
        switch (a.get(0)) {
          case null -> List.of();
          case Map<?, ?> table when table.isEmpty() -> List.of();
          case List<?> table when table.isEmpty() -> List.of();
          case Scene.Watches(var list) -> list;
          default -> throw new Arguments.NoSuchSignature("poll: " + a.get(0));
        };
    Poll poll = new Poll();
    for (Scene.Watch watch : watches) {
      if (watch.fd() instanceof StandIn) {
        return new Outcome.NotCovered();
      }
      if (!(watch.fd() instanceof Socket)) {
        throw new Arguments.NoSuchSignature("poll: " + watch.fd());
      }
    }
    // The reference's table may name a socket twice, a Poll has it once.
    Map<Socket, Integer> asked = new LinkedHashMap<>();
    for (Scene.Watch watch : watches) {
      asked.merge((Socket) watch.fd(), flags(watch), (one, other) -> one | other);
    }
    for (Map.Entry<Socket, Integer> entry : asked.entrySet()) {
      poll.add(entry.getKey(), entry.getValue());
    }
    long ready = poll.poll(timeout);
    if (ready == 0) {
      return Outcome.values(ready);
    }
    List<Object> found = new ArrayList<>();
    long count = 0;
    for (Scene.Watch watch : watches) {
      int always = Poll.ERR | Poll.HUP | Poll.NVAL;
      int events = poll.events((Socket) watch.fd()) & (flags(watch) | always);
      count += events == 0 ? 0 : 1;
      found.add(Poll.names(events));
    }
    return Outcome.values(count, found);
  }

  private static int flags(Scene.Watch watch) {
    return Poll.flags(watch.events().toArray(String[]::new));
  }

  private static Outcome pollFlags(Arguments a) {
    if (a.get(0) instanceof Long) {
      Map<String, Object> table = new LinkedHashMap<>();
      Poll.names(a.atMost(1).number(0)).forEach(name -> table.put(name, true));
      return Outcome.values(table);
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < a.count(); i++) {
      names.add(a.text(i));
    }
    return Outcome.values((long) Poll.flags(names.toArray(String[]::new)));
  }
}
