package nixio.traces;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import nixio.Address;
import nixio.InterfaceAddress;
import nixio.Nixio;

/** The loopback interface's entries in the reference's terms. */
final class Interfaces {

  private static final List<String> FLAGS =
      List.of("up", "broadcast", "loopback", "pointtopoint", "noarp", "promisc", "multicast");

  private static final Pattern CAPITAL = Pattern.compile("\\p{Lu}");

  private Interfaces() {}

  static List<Object> loopback() throws IOException {
    List<Object> entries = new ArrayList<>();
    for (InterfaceAddress entry : Nixio.getifaddrs()) {
      if (entry.name().equals("lo")) {
        entries.add(table(entry));
      }
    }
    return entries;
  }

  private static Map<String, Object> table(InterfaceAddress entry) {
    Map<String, Object> flags = new LinkedHashMap<>();
    FLAGS.forEach(flag -> flags.put(flag, entry.flags().contains(flag)));
    Map<String, Object> table = new LinkedHashMap<>();
    table.put("name", entry.name());
    table.put("family", entry.family());
    table.put("flags", flags);
    if (entry.counters() != null) {
      table.put("addr", entry.hardware());
      table.put("hatype", (long) entry.hardwareType());
      table.put("ifindex", (long) entry.index());
      table.put("data_keys", counters());
    } else {
      table.put("addr", entry.address().host());
      table.put("prefix", (long) entry.prefix());
      table.put("netmask", netmask(entry));
    }
    put(table, "broadaddr", entry.broadcast());
    put(table, "dstaddr", entry.destination());
    return table;
  }

  private static void put(Map<String, Object> table, String key, Address.Inet address) {
    if (address != null) {
      table.put(key, address.host());
    }
  }

  /** The names of the counters, as C writes them. */
  private static List<String> counters() {
    return Arrays.stream(InterfaceAddress.Counters.class.getRecordComponents())
        .map(counter ->
            CAPITAL.matcher(counter.getName()).replaceAll("_$0").toLowerCase(java.util.Locale.ROOT))
        .sorted()
        .toList();
  }

  private static String netmask(InterfaceAddress entry) {
    byte[] mask = new byte[entry.address().bytes().length];
    for (int bit = 0; bit < entry.prefix(); bit++) {
      mask[bit / 8] |= (byte) (0x80 >> bit % 8);
    }
    return Address.Inet.of(mask, 0, 0).host();
  }
}
