/**
 * Packets read in place: memory that a packet socket and the kernel share.
 *
 * <p>{@link nixio.packet.RxRing} receives, {@link nixio.packet.TxRing} sends.
 */
package nixio.packet;
