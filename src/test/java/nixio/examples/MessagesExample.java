package nixio.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import nixio.Address;
import nixio.AddressBuffer;
import nixio.Batch;
import nixio.Child;
import nixio.Control;
import nixio.Domain;
import nixio.Inherited;
import nixio.Interface;
import nixio.Msg;
import nixio.Option;
import nixio.Pair;
import nixio.Poll;
import nixio.Protocol;
import nixio.QueuedError;
import nixio.Shutdown;
import nixio.Socket;
import nixio.TcpInfo;
import nixio.Timestamping;
import nixio.TransmitTimes;
import nixio.Type;

/** Control messages, and what else comes with sockets. */
final class MessagesExample {
  private MessagesExample() {}

  private static MemorySegment text(String text) {
    return MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8));
  }

  static void destination(PrintStream out) throws IOException {
    // @start region="destination"
    try (Socket server = Socket.open(Domain.INET, Type.DGRAM).bind("0.0.0.0", 0);
        Socket client = Socket.open(Domain.INET, Type.DGRAM);
        Batch batch = Batch.of(1, 1500)) {
      server.setopt(Option.IP_PKTINFO, true); // IPv6: IPV6_RECVPKTINFO
      client.sendto(text("question"), "127.0.0.2", server.getsockname().port());
      server.recvmsg(batch);
      Control control = batch.control(0);
      out.println(control.destination().host()); // 127.0.0.2
      AddressBuffer here = new AddressBuffer();
      control.destination(here); // without making an object
      control.source(here, control.interfaceIndex()); // the answer comes from where it was asked
      server.sendmsg(batch);
      client.recvmsg(batch);
      out.println(batch.peer(0).address().host()); // 127.0.0.2
    }
    // @end
  }

  static void hops(PrintStream out) throws IOException {
    // @start region="hops"
    try (Socket receiver = Socket.open(Domain.INET6, Type.DGRAM).bind("::1", 0);
        Socket sender = Socket.open(Domain.INET6, Type.DGRAM);
        Batch batch = Batch.of(1, 1500)) {
      receiver.setopt(Option.IPV6_RECVHOPLIMIT, true); // IPv4: IP_RECVTTL
      receiver.setopt(Option.IPV6_RECVTCLASS, true); // IPv4: IP_RECVTOS
      batch.add(text("x"), receiver.getsockname());
      batch.control(0).ttl(7).trafficClass(46 << 2 | 1); // of this message alone
      sender.sendmsg(batch);
      receiver.recvmsg(batch);
      out.println(batch.control(0).ttl()); // 7
      out.println(batch.control(0).trafficClass() >> 2); // 46
      out.println(batch.control(0).ecn()); // 1
    }
    // @end
  }

  static void times(PrintStream out) throws IOException {
    // @start region="times"
    try (Socket receiver = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
        Socket sender = Socket.open(Domain.INET, Type.DGRAM);
        Batch batch = Batch.of(64, 1500)) {
      receiver.setopt(Option.SO_TIMESTAMPNS, true);
      sender.sendto(text("first"), receiver.getsockname());
      sender.sendto(text("second"), receiver.getsockname());
      out.println(receiver.recvmmsg(batch)); // 2
      long nanos = batch.control(1).timestamp() - batch.control(0).timestamp();
      out.println(nanos > 0); // true
    }
    // @end
  }

  static void sent(PrintStream out) throws IOException {
    // @start region="sent"
    try (Socket receiver = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
        Socket sender = Socket.open(Domain.INET, Type.DGRAM);
        Batch batch = Batch.of(1, 1500)) {
      sender.setopt(
          Option.SO_TIMESTAMPING,
          Timestamping.TX_SOFTWARE.or(Timestamping.SOFTWARE).or(Timestamping.OPT_ID));
      sender.sendto(text("x"), receiver.getsockname());
      new Poll().add(sender, Poll.ERR).poll(Duration.ofSeconds(1));
      sender.recvmsg(batch, Msg.ERRQUEUE);
      out.println(batch.control(0).error().origin()); // TIMESTAMP
      out.println(batch.control(0).errorInfo() == QueuedError.SENT); // true
      out.println(batch.control(0).errorData()); // 0
      out.println(batch.control(0).timestamp() > 0); // true
    }
    // @end
  }

  static void errors(PrintStream out) throws IOException {
    // @start region="errors"
    try (Socket socket = Socket.open(Domain.INET, Type.DGRAM);
        Batch batch = Batch.of(1, 1500)) {
      socket.setopt(Option.IP_RECVERR, true); // IPv6: IPV6_RECVERR
      socket.sendto(text("anybody?"), "127.0.0.1", 9);
      new Poll().add(socket, Poll.ERR).poll(Duration.ofSeconds(1));
      socket.recvmsg(batch, Msg.ERRQUEUE);
      QueuedError error = batch.control(0).error();
      out.println(error.errno()); // ECONNREFUSED
      out.println(error.origin() + " " + error.type() + " " + error.code()); // ICMP 3 3
      out.println(error.offender().host()); // 127.0.0.1
      out.println(batch.peer(0).address()); // 127.0.0.1:9
      out.println(batch.length(0)); // 8
    }
    // @end
  }

  static void drops(PrintStream out) throws IOException {
    // @start region="drops"
    try (Socket receiver = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
        Socket sender = Socket.open(Domain.INET, Type.DGRAM);
        Batch batch = Batch.of(1, 1500)) {
      receiver.setopt(Option.SO_RXQ_OVFL, true).setopt(Option.SO_RCVBUF, 1);
      for (int i = 0; i < 100; i++) {
        sender.sendto(text("x".repeat(1000)), receiver.getsockname());
      }
      int received = 0;
      while (receiver.recvmsg(batch, Msg.DONTWAIT) >= 0) {
        received++;
      }
      sender.sendto(text("x"), receiver.getsockname());
      receiver.recvmsg(batch);
      out.println(received + batch.control(0).dropped()); // 100
    }
    // @end
  }

  static void mark(PrintStream out) throws IOException {
    // @start region="mark"
    try (Socket receiver = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
        Socket sender = Socket.open(Domain.INET, Type.DGRAM);
        Batch batch = Batch.of(1, 1500)) {
      receiver.setopt(Option.SO_RCVMARK, true);
      batch.add(text("x"), receiver.getsockname());
      batch.control(0).mark(7);
      sender.sendmsg(batch);
      receiver.recvmsg(batch);
      out.println(batch.control(0).mark()); // 7
    }
    // @end
  }

  static void original(PrintStream out) throws IOException {
    // @start region="original"
    try (Socket receiver = Socket.open(Domain.INET, Type.DGRAM).bind("0.0.0.0", 0);
        Socket sender = Socket.open(Domain.INET, Type.DGRAM);
        Batch batch = Batch.of(1, 1500)) {
      receiver.setopt(Option.IP_RECVORIGDSTADDR, true);
      sender.sendto(text("x"), "127.0.0.3", receiver.getsockname().port());
      receiver.recvmsg(batch);
      out.println(batch.control(0).originalDestination()); // 127.0.0.3:...
    }
    // @end
  }

  static void later(PrintStream out) throws IOException {
    // @start region="later"
    try (Socket receiver = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
        Socket sender = Socket.open(Domain.INET, Type.DGRAM);
        Batch batch = Batch.of(1, 1500)) {
      sender.setopt(Option.SO_TXTIME, TransmitTimes.of(TransmitTimes.Clock.MONOTONIC));
      batch.add(text("x"), receiver.getsockname());
      batch.control(0).transmitTime(System.nanoTime() + 1_000_000);
      out.println(sender.sendmsg(batch)); // 1
    }
    // @end
  }

  static void credentials(PrintStream out) throws IOException {
    // @start region="credentials"
    try (Pair pair = Socket.pair(Domain.UNIX, Type.STREAM);
        Batch batch = Batch.of(1, 1500)) {
      pair.second().setopt(Option.SO_PASSCRED, true);
      pair.first().send(text("hello"));
      pair.second().recvmsg(batch);
      long own = ProcessHandle.current().pid();
      out.println(batch.control(0).pid() == own); // true
      out.println(pair.second().getopt(Option.SO_PEERCRED).pid() == own); // true
    }
    // @end
  }

  static void descriptors(PrintStream out) throws IOException {
    // @start region="descriptors"
    try (Pair pair = Socket.pair(Domain.UNIX, Type.STREAM);
        Socket listener = Socket.open(Domain.INET, Type.STREAM).bind("127.0.0.1", 0).listen(8);
        Batch batch = Batch.of(1, 1500, Control.space(4 * Control.MOST_DESCRIPTORS))) {
      batch.add(text("a listener"));
      batch.control(0).pass(listener);
      pair.first().sendmsg(batch);

      pair.second().recvmsg(batch); // as another process would
      out.println(batch.control(0).descriptors()); // 1
      try (Socket taken = batch.control(0).takeSocket(0)) {
        out.println(taken.getsockname().equals(listener.getsockname())); // true
      } // one that is not taken is closed with the batch, or by the next receive
    }
    // @end
  }

  static void packets(PrintStream out) throws IOException {
    // @start region="packets"
    try (Socket socket = Socket.open(Domain.PACKET, Type.RAW);
        Batch batch = Batch.of(1, 1500)) {
      Interface lo = Interface.of("lo");
      socket.setopt(Option.PACKET_AUXDATA, true).setopt(Option.SO_TIMESTAMPNS, true);
      socket.bind(Address.Packet.of(lo, Address.Packet.ALL)); // one protocol: without its tags
      String frame = "00".repeat(12) + "8100" + "a064" + "88b5" + "00".repeat(46);
      socket.sendto(
          MemorySegment.ofArray(HexFormat.of().parseHex(frame)), Address.Packet.of(lo, 0));
      Control control = batch.control(0);
      do {
        socket.recvmsg(batch);
      } while (!control.hasVlan());
      out.println((control.vlan() & 0xfff) + " " + (control.vlan() >> 13)); // 100 5
      out.println(Integer.toHexString(control.vlanProtocol())); // 8100
      out.println(control.wireLength() + " " + batch.length(0)); // 60 60
      out.println(control.networkOffset()); // 14
      out.println(control.isChecksumMissing()); // false
      out.println(control.timestamp() > 0); // true
    }
    // @end
  }

  static void raw(PrintStream out) throws IOException {
    // @start region="raw"
    try (Socket receiver = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
        Socket sender = Socket.open(Domain.INET, Type.DGRAM);
        Batch batch = Batch.of(1, 1500)) {
      receiver.setopt(Option.IP_RECVTTL, true);
      batch.add(text("x"), receiver.getsockname());
      batch.control(0).add(0, 2, MemorySegment.ofArray(new int[] {9})); // IPPROTO_IP, IP_TTL
      sender.sendmsg(batch);
      receiver.recvmsg(batch);
      Control control = batch.control(0);
      for (int at = control.first(); at != Control.NONE; at = control.next(at)) {
        int value = control.data(at).get(ValueLayout.JAVA_INT, 0);
        out.println(control.level(at) + " " + control.type(at) + " " + value); // 0 2 9
      }
    }
    // @end
  }

  static void tcpInfo(PrintStream out) throws IOException {
    // @start region="tcp-info"
    try (Socket listener = Socket.open(Domain.INET, Type.STREAM).bind("127.0.0.1", 0).listen(8);
        Socket client = Socket.open(Domain.INET, Type.STREAM)) {
      client.connect(listener.getsockname());
      client.send(text("hello"));
      TcpInfo info = client.getopt(Option.TCP_INFO);
      out.println(info.state()); // ESTABLISHED
      out.println(info.bytesSent()); // 5
      out.println(info.rtt() > 0); // true
    }
    // @end
  }

  static void multipath(PrintStream out) throws IOException {
    // @start region="multipath"
    try (Socket listener =
            Socket.open(Domain.INET, Type.STREAM, Protocol.MPTCP).bind("127.0.0.1", 0).listen(8);
        Socket client = Socket.open(Domain.INET, Type.STREAM, Protocol.MPTCP)) {
      client.connect(listener.getsockname());
      try (Socket server = listener.accept().socket()) {
        out.println(server.getopt(Option.MPTCP_INFO).subflows()); // 0
      }
    }
    // @end
  }

  static void child(PrintStream out) throws IOException, InterruptedException {
    // @start region="child"
    try (Arena arena = Arena.ofConfined();
        Pair pair = Socket.pair(Domain.UNIX, Type.STREAM)) {
      Child child = Child.start(pair.second(), "tr", "a-z", "A-Z");
      pair.second().close(); // the child has its own
      pair.first().send(arena.allocateFrom("hello").asSlice(0, 5));
      pair.first().shutdown(Shutdown.WR);
      MemorySegment answer = pair.first().recv(arena, 100);
      out.println(StandardCharsets.UTF_8.decode(answer.asByteBuffer())); // HELLO
      out.println(child.waitFor()); // 0
    }
    // @end
  }

  static void inherited(PrintStream out) throws IOException {
    // @start region="inherited"
    List<Inherited> passed = Inherited.all(); // of systemd's LISTEN_FDS
    out.println(passed.size()); // 0
    try (Socket listener =
        passed.isEmpty()
            ? Socket.open(Domain.INET, Type.STREAM).bind("127.0.0.1", 0).listen(8)
            : passed.getFirst().socket()) {
      out.println(listener.getopt(Option.SO_ACCEPTCONN)); // true
    }
    // @end
  }
}
