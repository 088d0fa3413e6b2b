package nixio;

/**
 * What a packet socket has counted since it was last asked; see PACKET_STATISTICS in packet(7).
 *
 * @param packets all that passed the filter, those that were dropped too
 * @param dropped for which there was no room
 * @param freezes how often a ring was full
 */
public record PacketStatistics(long packets, long dropped, long freezes) {}
