package nixio.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import nixio.posix.gen.linux.ethtool_get_features_block;
import nixio.posix.gen.linux.ethtool_gfeatures;
import nixio.posix.gen.linux.ethtool_gstrings;
import nixio.posix.gen.linux.ethtool_sset_info;
import nixio.posix.gen.linux.linux_h;

/** What network devices can do: {@code <linux/ethtool.h>}, which needs no right to be asked. */
public final class Ethtool {
  /** struct ifreq, netdevice(7): a name, and a union, which has no binding. */
  static final int IFREQ_SIZE = 40;

  static final int IFR_DATA_OFFSET = 16;

  private Ethtool() {}

  /**
   * Adds the names of the features that a device has switched on.
   *
   * @param fd any socket
   * @return 0, or -errno
   */
  public static int activeFeatures(
      MemorySegment errno, int fd, String device, Collection<String> names) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(IFREQ_SIZE, Long.BYTES);
      byte[] name = device.getBytes(StandardCharsets.UTF_8);
      MemorySegment.copy(name, 0, request, ValueLayout.JAVA_BYTE, 0, name.length);

      MemorySegment info = arena.allocate(ethtool_sset_info.sizeof() + Integer.BYTES, Long.BYTES);
      ethtool_sset_info.cmd(info, linux_h.ETHTOOL_GSSET_INFO());
      ethtool_sset_info.sset_mask(info, 1L << linux_h.ETH_SS_FEATURES());
      int answer = ioctl(errno, fd, request, info);
      if (answer < 0) {
        return answer;
      }
      boolean known = ethtool_sset_info.sset_mask(info) != 0;
      int count = known ? info.get(ValueLayout.JAVA_INT, ethtool_sset_info.data$offset()) : 0;

      int width = linux_h.ETH_GSTRING_LEN();
      MemorySegment strings =
          arena.allocate(ethtool_gstrings.sizeof() + (long) count * width, Long.BYTES);
      ethtool_gstrings.cmd(strings, linux_h.ETHTOOL_GSTRINGS());
      ethtool_gstrings.string_set(strings, linux_h.ETH_SS_FEATURES());
      ethtool_gstrings.len(strings, count);
      answer = ioctl(errno, fd, request, strings);
      if (answer < 0) {
        return answer;
      }
      int blocks = (count + Integer.SIZE - 1) / Integer.SIZE;
      long block = ethtool_get_features_block.sizeof();
      MemorySegment features =
          arena.allocate(ethtool_gfeatures.sizeof() + blocks * block, Long.BYTES);
      ethtool_gfeatures.cmd(features, linux_h.ETHTOOL_GFEATURES());
      ethtool_gfeatures.size(features, blocks);
      answer = ioctl(errno, fd, request, features);
      if (answer < 0) {
        return answer;
      }
      for (int i = 0; i < Math.min(count, ethtool_gstrings.len(strings)); i++) {
        long at = ethtool_gfeatures.features$offset() + i / Integer.SIZE * block;
        int active =
            features.get(ValueLayout.JAVA_INT, at + ethtool_get_features_block.active$offset());
        if ((active >>> i % Integer.SIZE & 1) != 0) {
          names.add(strings.getString(ethtool_gstrings.data$offset() + (long) i * width));
        }
      }
      return 0;
    }
  }

  private static int ioctl(
      MemorySegment errno, int fd, MemorySegment request, MemorySegment command) {
    request.set(ValueLayout.JAVA_LONG, IFR_DATA_OFFSET, command.address());
    return Libc.answer(
        (int)
            Libc.call(
                linux_h.ioctl$address(),
                errno,
                fd,
                linux_h.SIOCETHTOOL(),
                request.address(),
                0,
                0,
                0,
                request,
                command),
        errno);
  }
}
