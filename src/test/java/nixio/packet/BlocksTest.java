package nixio.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import nixio.posix.Tpacket;
import nixio.posix.gen.linux.tpacket3_hdr;
import nixio.posix.gen.linux.tpacket_bd_header_u;
import nixio.posix.gen.linux.tpacket_block_desc;
import nixio.posix.gen.linux.tpacket_hdr_v1;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks as a kernel writes them, and as none should. */
class BlocksTest {
  private static final int BLOCK = 4096;
  private static final int FRAME = 128;
  private static final int MAC = 80;
  private static final int SIZE = 40;

  private final Mapping mapping = new Mapping(3 * BLOCK);
  private final MemorySegment ring = mapping.memory;
  private final Blocks blocks = new Blocks(mapping, BLOCK);
  private final Packet packet = blocks.packet;

  private int serial;

  /** Hands a block over with packets of 40 bytes, each full of its number. */
  private void fill(int block, int packets) {
    for (int i = 0; i < packets; i++) {
      int frame = block * BLOCK + Tpacket.BLOCK_HEADER + i * FRAME;
      putFrame(frame, FRAME, MAC, SIZE);
      ring.asSlice(frame + MAC, SIZE).fill((byte) serial++);
    }
    hand(block, packets, Tpacket.BLOCK_HEADER);
  }

  private void putFrame(long at, int next, int mac, int captured) {
    MemorySegment frame = ring.asSlice(at, tpacket3_hdr.sizeof());
    tpacket3_hdr.tp_next_offset(frame, next);
    tpacket3_hdr.tp_mac(frame, (short) mac);
    tpacket3_hdr.tp_snaplen(frame, captured);
    tpacket3_hdr.tp_len(frame, captured);
  }

  private MemorySegment header(int block) {
    MemorySegment description = ring.asSlice((long) block * BLOCK, tpacket_block_desc.sizeof());
    return tpacket_bd_header_u.bh1(tpacket_block_desc.hdr(description));
  }

  private void hand(int block, int packets, int first) {
    tpacket_hdr_v1.num_pkts(header(block), packets);
    tpacket_hdr_v1.offset_to_first_pkt(header(block), first);
    tpacket_hdr_v1.block_status(header(block), 1);
  }

  private boolean isKernels(int block) {
    return tpacket_hdr_v1.block_status(header(block)) == 0;
  }

  private void expect(int number) throws IOException {
    assertTrue(blocks.advance());
    assertEquals(SIZE, packet.length());
    assertEquals(number, packet.byteAt(0));
    assertEquals(number, packet.byteAt(SIZE - 1));
  }

  @Test
  void packetsComeInTheirOrder() throws IOException {
    assertFalse(blocks.advance());
    fill(0, 3);
    fill(1, 0);
    fill(2, 2);
    for (int i = 0; i < 5; i++) {
      expect(i);
      assertEquals(i < 3, !isKernels(0));
      assertEquals(i >= 3, isKernels(1));
    }
    fill(0, 1);
    expect(5);
    assertTrue(isKernels(2));
    assertFalse(blocks.advance());
    assertTrue(isKernels(0));
  }

  @Test
  void numbersAreInNetworkOrder() throws IOException {
    fill(0, 1);
    for (int i = 0; i < SIZE; i++) {
      ring.set(ValueLayout.JAVA_BYTE, Tpacket.BLOCK_HEADER + MAC + i, (byte) i);
    }
    assertTrue(blocks.advance());
    assertEquals(0x0102, packet.shortAt(1));
    assertEquals(0x01020304, packet.intAt(1));
    assertEquals(0x0102030405060708L, packet.longAt(1));
    byte[] copy = new byte[4];
    packet.copyTo(2, MemorySegment.ofArray(copy), 1, 3);
    assertEquals(4, copy[3]);
  }

  @Test
  void whatIsOutsideOfThePacketIsRefused() throws IOException {
    fill(0, 1);
    assertTrue(blocks.advance());
    assertThrows(IndexOutOfBoundsException.class, () -> packet.byteAt(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> packet.byteAt(SIZE));
    assertThrows(IndexOutOfBoundsException.class, () -> packet.byteAt(Long.MAX_VALUE));
    assertThrows(IndexOutOfBoundsException.class, () -> packet.byteAt(1L << 32));
    assertThrows(IndexOutOfBoundsException.class, () -> packet.shortAt(SIZE - 1));
    assertThrows(IndexOutOfBoundsException.class, () -> packet.intAt(SIZE - 3));
    assertThrows(IndexOutOfBoundsException.class, () -> packet.longAt(SIZE - 7));
    MemorySegment target = MemorySegment.ofArray(new byte[64]);
    assertThrows(IndexOutOfBoundsException.class, () -> packet.copyTo(1, target, 0, SIZE));
    assertThrows(IndexOutOfBoundsException.class, () -> packet.copyTo(0, target, 60, SIZE));
    assertThrows(IndexOutOfBoundsException.class, () -> packet.copyTo(0, target, 0, -1));
  }

  @Test
  void aPacketUsedTooLateSaysSo() throws IOException {
    assertGone();
    fill(0, 1);
    assertTrue(blocks.advance());
    assertFalse(blocks.advance());
    assertGone();
    fill(1, 2);
    assertTrue(blocks.advance());
    blocks.release();
    assertGone();
    assertTrue(isKernels(1));
    assertFalse(blocks.advance());
  }

  private void assertGone() {
    for (Executable use :
        List.<Executable>of(
            packet::length,
            () -> packet.byteAt(0),
            () -> packet.longAt(0),
            packet::seconds,
            packet::segment,
            packet::protocol,
            packet::hasVlan)) {
      IllegalStateException gone = assertThrows(IllegalStateException.class, use);
      assertTrue(gone.getMessage().startsWith("no packet"), gone::getMessage);
    }
  }

  @Test
  void viewsEndWithTheirBlock() throws IOException {
    fill(0, 2);
    assertTrue(blocks.advance());
    MemorySegment first = packet.segment();
    assertTrue(blocks.advance());
    MemorySegment second = packet.segment();
    assertSame(first.scope(), second.scope());
    assertEquals(0, first.get(ValueLayout.JAVA_BYTE, SIZE - 1));
    assertEquals(1, second.get(ValueLayout.JAVA_BYTE, 0));
    assertFalse(blocks.advance());
    assertThrows(IllegalStateException.class, () -> first.get(ValueLayout.JAVA_BYTE, 0));
    assertThrows(IllegalStateException.class, () -> second.get(ValueLayout.JAVA_BYTE, 0));
  }

  @Test
  void aViewKeepsTheMemoryOfAClosedRing() throws IOException {
    fill(0, 2);
    assertTrue(blocks.advance());
    MemorySegment view = packet.segment();
    mapping.letGo();
    assertEquals(0, view.get(ValueLayout.JAVA_BYTE, 0));
    packet.leave();
    assertThrows(IllegalStateException.class, () -> view.get(ValueLayout.JAVA_BYTE, 0));
    assertThrows(IllegalStateException.class, blocks::advance);
  }

  @Test
  void memoryIsFreedOnce() throws IOException {
    mapping.letGo();
    assertThrows(IllegalStateException.class, blocks::advance);
    assertThrows(IllegalStateException.class, () -> mapping.view(0, BLOCK, Arena.ofAuto()));
  }

  /** The second of three frames lies. */
  @ParameterizedTest
  @CsvSource({
    // next, mac, captured
    "128, 80, 5000, has 5000 bytes from 80 on",
    "128, 80, 3841, has 3841 bytes from 80 on",
    "128, 80, -1, has 4294967295 bytes from 80 on",
    "128, 80, 2147483647, has 2147483647 bytes from 80 on",
    "128, 65535, 0, has 0 bytes from 65535 on",
    "128, 67, 40, has 40 bytes from 67 on",
    "128, 0, 40, has 40 bytes from 0 on",
    "0, 80, 40, is followed by one after 0 bytes",
    "67, 80, 40, is followed by one after 67 bytes",
  })
  void aFrameThatLiesIsRefused(int next, int mac, int captured, String words) throws IOException {
    fill(0, 3);
    fill(1, 1);
    putFrame(Tpacket.BLOCK_HEADER + FRAME, next, mac, captured);
    expect(0);
    refused("a frame at " + (Tpacket.BLOCK_HEADER + FRAME) + " in block 0 " + words);
    assertThrows(IllegalStateException.class, () -> packet.byteAt(0));
    expect(3);
  }

  @ParameterizedTest
  @CsvSource({"4096", "4029", "1000000", "-1", "2147483647"})
  void aNextOffsetOutOfTheBlockIsRefused(int next) throws IOException {
    fill(0, 2);
    fill(1, 1);
    putFrame(Tpacket.BLOCK_HEADER, next, MAC, SIZE);
    expect(0);
    refused("begins outside of its block");
    expect(2);
  }

  @ParameterizedTest
  @CsvSource({"0", "47", "4029", "4096", "-1"})
  void aFirstOffsetOutOfTheBlockIsRefused(int first) throws IOException {
    fill(0, 2);
    fill(1, 1);
    hand(0, 2, first);
    refused("begins outside of its block");
    expect(2);
  }

  @Test
  void aCountThatLiesEndsAtTheBlock() throws IOException {
    fill(0, 31);
    hand(0, Integer.MAX_VALUE, Tpacket.BLOCK_HEADER);
    for (int i = 0; i < 31; i++) {
      expect(i);
    }
    refused("in block 0");
    fill(1, 1);
    hand(1, -5, Tpacket.BLOCK_HEADER);
    assertFalse(blocks.advance());
  }

  private void refused(String words) {
    IOException e = assertThrows(IOException.class, blocks::advance);
    assertTrue(e.getMessage().contains(words), e::getMessage);
  }
}
