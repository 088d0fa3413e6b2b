package nixio.it;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import nixio.it.peer.Failure;
import nixio.it.peer.Line;
import org.testcontainers.DockerClientFactory;

/**
 * The standard input and output of a {@link nixio.it.peer.Peer} that the engine runs in a
 * container: it needs no network, so that a test may cut the container off.
 */
final class ControlChannel implements Closeable {
  private final AtomicInteger lastTag = new AtomicInteger();
  private final Map<String, CompletableFuture<List<String>>> pending = new ConcurrentHashMap<>();
  private final OutputStream requests;
  private final ResultCallback.Adapter<Frame> answers;

  ControlChannel(String container, String user, String... program) throws IOException {
    DockerClient docker = DockerClientFactory.lazyClient();
    String exec =
        docker
            .execCreateCmd(container)
            .withUser(user)
            .withAttachStdin(true)
            .withAttachStdout(true)
            .withAttachStderr(true)
            .withCmd(program)
            .exec()
            .getId();
    Pipe pipe = Pipe.open();
    requests = Channels.newOutputStream(pipe.sink());
    answers =
        docker
            .execStartCmd(exec)
            .withStdIn(Channels.newInputStream(pipe.source()))
            .exec(new Answers());
  }

  /** Sends a request; the answer comes when it is done. */
  CompletableFuture<List<String>> ask(String thread, List<String> request) throws IOException {
    String tag = Integer.toString(lastTag.incrementAndGet());
    CompletableFuture<List<String>> answer = new CompletableFuture<>();
    pending.put(tag, answer);
    List<String> fields = new ArrayList<>(List.of(tag, thread));
    fields.addAll(request);
    byte[] line = (Line.of(fields) + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (requests) {
      requests.write(line);
      requests.flush();
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    requests.close();
    answers.close();
  }

  /** Lines out of the pieces in which they come. */
  private final class Answers extends ResultCallback.Adapter<Frame> {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public void onNext(Frame frame) {
      if (frame.getStreamType() == StreamType.STDERR) {
        System.err.print(new String(frame.getPayload(), StandardCharsets.UTF_8));
        return;
      }
      for (byte b : frame.getPayload()) {
        if (b == '\n') {
          answered(Line.fields(line.toString(StandardCharsets.UTF_8)));
          line.reset();
        } else {
          line.write(b);
        }
      }
    }

    private void answered(List<String> fields) {
      CompletableFuture<List<String>> answer = pending.remove(fields.get(0));
      List<String> rest = fields.subList(2, fields.size());
      if (fields.get(1).equals("ok")) {
        answer.complete(rest);
      } else {
        Failure failure = Failure.of(rest);
        answer.completeExceptionally(new RemoteFailure("in the container", failure));
      }
    }

    @Override
    public void onComplete() {
      end(null);
      super.onComplete();
    }

    @Override
    public void onError(Throwable throwable) {
      end(throwable);
      super.onError(throwable);
    }

    private void end(Throwable cause) {
      IllegalStateException gone = new IllegalStateException("the program has ended", cause);
      pending.values().forEach(answer -> answer.completeExceptionally(gone));
    }
  }
}
