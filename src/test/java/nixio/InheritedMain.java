package nixio;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Prints what this process was started with, and answers a byte on each listener. */
final class InheritedMain {
  private InheritedMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    List<Inherited> all = Inherited.all();
    System.out.println(all.size());
    for (Inherited each : all) {
      try (Socket listener = each.socket()) {
        System.out.println(
            String.join(
                " ",
                each.name(),
                listener.domain().toString(),
                listener.getopt(Option.SO_ACCEPTCONN).toString(),
                Boolean.toString(PassingTest.isCloseOnExec(each.fd()))));
        try (Socket socket = listener.accept().socket()) {
          socket.send(MemorySegment.ofArray(new byte[] {'!'}));
          String see =
              "echo ${LISTEN_FDS-none} ${LISTEN_PID-none} ${LISTEN_FDNAMES-none} "
                  + "$(ls /proc/self/fd | wc -l)";
          Child.start(socket, "sh", "-c", see).waitFor();
        }
      }
    }
    if (args.length > 0) {
      try (Socket socket = Inherited.of(Integer.parseInt(args[0])).socket()) {
        System.out.println(socket.getsockname());
      }
    }
  }
}
