package nixio.stress;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import nixio.Errno;
import nixio.NixioException;
import nixio.posix.Pthread;

/** A thread of the run: each of its calls is announced before, and judged afterwards. */
final class Caller {
  final SplittableRandom random;

  private final Verdict verdict;
  private final Thread thread = Thread.currentThread();
  private final ReentrantLock life = new ReentrantLock();

  /** As pthread_kill(3) takes it; 0 for a virtual thread, and one that is about to end. */
  private long pthread = thread.isVirtual() ? 0 : Pthread.self();

  private volatile Call current;

  /** For the calling thread. */
  Caller(Verdict verdict, SplittableRandom random) {
    this.verdict = verdict;
    this.random = random;
  }

  Result call(Act act, Handle handle, Call.Body body) {
    return call(act, handle, null, body);
  }

  Result run(Act act, Handle handle, Call.Step step) {
    return call(
        act,
        handle,
        null,
        () -> {
          step.run();
          return 1;
        });
  }

  Result call(Act act, Handle handle, Duration limit, Call.Body body) {
    Call call = new Call(act, handle, limit);
    current = call;
    Result result;
    try {
      result = new Result(Result.Ending.ANSWERED, body.run(), null, call.waited());
    } catch (SocketTimeoutException e) {
      result = new Result(Result.Ending.TIMED_OUT, e.bytesTransferred, null, call.waited());
    } catch (NixioException e) {
      result = new Result(ending(e.errno()), e.transferred(), e.errno(), call.waited());
      verdict.check(call, e);
    } catch (Exception | Error e) {
      throw new Failure(call + ": not documented", e);
    } finally {
      current = null;
    }
    verdict.judge(call, result);
    Thread.interrupted();
    return result;
  }

  private static Result.Ending ending(Errno errno) {
    return switch (errno) {
      case null -> Result.Ending.FAILED;
      case EBADF -> Result.Ending.CLOSED;
      case EINTR -> Result.Ending.INTERRUPTED;
      default -> Result.Ending.FAILED;
    };
  }

  /** Whether with a probability of one in so many. */
  boolean once(int in) {
    return random.nextInt(in) == 0;
  }

  Thread thread() {
    return thread;
  }

  /** The call that it is in, or null. */
  Call current() {
    return current;
  }

  /** Interrupts it, in a call or not. */
  void interrupt() {
    Call call = current;
    thread.interrupt();
    if (call != null && call == current) {
      call.interruptedAt = System.nanoTime();
    }
  }

  /** Sends it a signal, as anybody may, which says nothing to the library. */
  void signal() {
    life.lock();
    try {
      if (pthread != 0) {
        Pthread.kill(pthread, Integer.getInteger("nixio.signal", Pthread.sigrtmax() - 4));
      }
    } finally {
      life.unlock();
    }
  }

  /** To be told by the thread at its end. */
  void end() {
    life.lock();
    try {
      pthread = 0;
    } finally {
      life.unlock();
    }
  }

  @Override
  public String toString() {
    return thread.getName() + ": " + current;
  }
}
