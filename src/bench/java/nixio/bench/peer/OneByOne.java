package nixio.bench.peer;

import java.io.IOException;

/** A call for each datagram, to compare with. */
record OneByOne(Datagrams datagrams, int many) implements DatagramsTogether {
  @Override
  public void send() throws IOException {
    for (int i = 0; i < many; i++) {
      datagrams.send();
    }
  }

  @Override
  public int receive() throws IOException {
    datagrams.receive();
    return 1;
  }

  @Override
  public void close() throws IOException {
    datagrams.close();
  }
}
