package nixio.bench.inside;

import java.io.IOException;
import nixio.Address;
import nixio.AddressBuffer;
import nixio.Batch;
import nixio.Control;
import nixio.Domain;
import nixio.Option;
import nixio.Socket;
import nixio.Type;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Datagrams received together, with control messages that are decoded, or left as they are, or not
 * asked for. The time is that of receiving alone; the processor time that of sending too.
 */
@State(Scope.Thread)
public class ControlMessages {
  private static final int MANY = 32;

  /** decoded, received, or none. */
  @Param("decoded")
  private String technique;

  @Param("64")
  private int size;

  private final AddressBuffer destination = new AddressBuffer();
  private Socket sender;
  private Socket receiver;
  private Batch sent;
  private Batch received;
  private boolean decodes;

  /** Opens. */
  @Setup
  public void open() throws IOException {
    receiver = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
    sender = Socket.open(Domain.INET, Type.DGRAM);
    Address to = receiver.getsockname();
    sender.connect(to);
    sent = Batch.of(MANY, size);
    received = Batch.of(MANY, size);
    for (int i = 0; i < MANY; i++) {
      sent.length(i, size);
    }
    sent.count(MANY);
    decodes = technique.equals("decoded");
    if (!technique.equals("none")) {
      receiver
          .setopt(Option.IP_PKTINFO, true)
          .setopt(Option.IP_RECVTTL, true)
          .setopt(Option.IP_RECVTOS, true)
          .setopt(Option.SO_TIMESTAMPNS, true);
    }
  }

  /** Sends, which is not timed. */
  @Setup(Level.Invocation)
  public void send() throws IOException {
    sender.sendmmsg(sent);
  }

  /** Receives all. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public long receive() throws IOException {
    long all = receiver.recvmmsg(received);
    if (decodes) {
      for (int i = 0; i < MANY; i++) {
        all += decode(received.control(i));
      }
    }
    return all;
  }

  private long decode(Control control) {
    control.destination(destination);
    return control.ttl()
        + control.trafficClass()
        + control.interfaceIndex()
        + control.timestamp()
        + destination.port();
  }

  /** Closes. */
  @TearDown
  public void close() throws IOException {
    sender.close();
    receiver.close();
    sent.close();
    received.close();
  }
}
