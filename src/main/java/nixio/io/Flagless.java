package nixio.io;

import java.lang.foreign.MemorySegment;

/** A call without flags, so that only O_NONBLOCK keeps it from waiting. */
record Flagless(Call call) implements Call {
  @Override
  public long invoke(
      Frame frame,
      int fd,
      MemorySegment buffer,
      long offset,
      long length,
      int flags,
      MemorySegment address,
      MemorySegment addressLength) {
    return call.invoke(frame, fd, buffer, offset, length, flags, address, addressLength);
  }
}
