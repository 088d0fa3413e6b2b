package nixio.netlink;

import nixio.posix.Constants;

/**
 * An interface.
 *
 * @param index its number
 * @param name its name
 * @param flags the kernel's bits; see netdevice(7)
 * @param mtu bytes of a packet at most
 * @param hardware the hardware address, such as {@code 02:00:00:00:00:01}; empty if there is none
 * @param hardwareType the kind of hardware as ARP numbers it, 1 for Ethernet
 */
public record Link(int index, String name, int flags, int mtu, String hardware, int hardwareType)
    implements Entry {
  /** Whether it is switched on. */
  public boolean isUp() {
    return (flags & Constants.IFF_UP) != 0;
  }

  /** Whether it can send: it is switched on, and so is what is at the other end. */
  public boolean isRunning() {
    return (flags & Constants.IFF_RUNNING) != 0;
  }
}
