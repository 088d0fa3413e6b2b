package nixio.traces;

import com.google.common.net.InetAddresses;
import com.google.common.primitives.Longs;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import nixio.Nixio;
import nixio.traces.Parameters.Kind;

/**
 * Deliberate differences in what a call may be given. Each makes of a call that Java refuses, or
 * takes in another sense, the Java call that does what C does; its answer has to be as recorded.
 */
final class Equivalents {

  /**
   * One difference.
   *
   * @param silent whether Java takes the call, in another sense: then it is not tried as it is
   * @param change answers the call itself where there is nothing to change
   */
  record Rule(String reason, boolean silent, BiFunction<Step, Call, Call> change) {}

  /** A single recv, in readall's values. */
  static final String READ_ONCE = "(read once)";

  /** Each rule sees what those before it made of the call. */
  static final List<Rule> RULES =
      List.of(
          refused("there are no arguments that nothing looks at", Equivalents::lookedAt),
          refused(
              "Lua's coercions between numbers and strings do not exist", Equivalents::coercedAll),
          refused("fractions do not exist", each(Equivalents::whole)),
          silent("numbers are not cut to 32 bits", each(Equivalents::cut)),
          refused("only booleans are true or false", each(Equivalents::truth)),
          refused("a device has no trailing NUL", Equivalents::device),
          refused("a name with a NUL in it is refused", each(Equivalents::name)),
          refused("a port outside 0..65535 is refused", each(Equivalents::port)),
          refused("an empty service is refused", each(Equivalents::service)),
          refused("a negative length is refused", Equivalents::length),
          refused(
              "offset or length outside the buffer is an IndexOutOfBoundsException",
              Equivalents::range),
          silent("a timeout of 0 or less for getnameinfo is none", Equivalents::lookup),
          refused("flags are booleans", Equivalents::flag),
          refused(
              "a negative size of a buffer is refused",
              option(Parameters.BUFFERS::contains, n -> n < 0 ? Integer.MAX_VALUE : n)),
          refused(
              "the default of a hop limit has no number",
              option(Parameters.HOPS::contains, n -> n == -1 ? 1 : n)),
          refused("a negative timeout is refused", Equivalents::timeout),
          silent(
              "linger 0 is a hard reset, and negative is off",
              option("socket.linger"::equals, n -> n > 0 ? n : n == 0 ? -1 : Integer.MAX_VALUE)),
          silent("ipv6 multicast_if is the interface index", Equivalents::interface6),
          silent("a single ip multicast_if is the interface", Equivalents::interface4));

  private Equivalents() {}

  private static Rule refused(String reason, BiFunction<Step, Call, Call> change) {
    return new Rule(reason, false, change);
  }

  private static Rule silent(String reason, BiFunction<Step, Call, Call> change) {
    return new Rule(reason, true, change);
  }

  /** Changes each argument by its kind. */
  private static BiFunction<Step, Call, Call> each(BiFunction<Kind, Object, Object> change) {
    return (_, call) -> {
      List<Kind> kinds = Parameters.of(call);
      if (kinds == null) {
        return call;
      }
      List<Object> args = new ArrayList<>(call.args());
      for (int i = 0; i < Math.min(args.size(), kinds.size()); i++) {
        args.set(i, change.apply(kinds.get(i), args.get(i)));
      }
      return call.with(args);
    };
  }

  /** Changes the number that an option is set to. */
  private static BiFunction<Step, Call, Call> option(
      Predicate<String> option, LongUnaryOperator change) {
    return (_, call) ->
        call.setsOption() && option.test(call.option()) && call.get(2) instanceof Long number
            ? call.with(2, change.applyAsLong(number))
            : call;
  }

  private static Call lookedAt(Step step, Call call) {
    List<Kind> kinds = Parameters.of(call);
    if (kinds == null) {
      return call;
    }
    List<Object> args = new ArrayList<>();
    for (int i = 0; i < Math.min(call.args().size(), kinds.size()); i++) {
      // poll sleeps where its table is none, unless that has a length.
      boolean sleeps = call.nixio("poll") && call.get(i) instanceof Boolean && i == 0;
      args.add(kinds.get(i) == Kind.IGNORED || sleeps ? null : call.get(i));
    }
    return call.with(args);
  }

  private static Call coercedAll(Step step, Call call) {
    boolean none = List.of(Kind.TEXT).equals(Parameters.of(call)) && call.args().isEmpty();
    return each(Equivalents::coerced).apply(step, none ? call.with(0, null) : call);
  }

  private static Object coerced(Kind kind, Object value) {
    return switch (kind) {
      case NAME, BYTES, PATH -> value instanceof Number ? Lua.toText(value) : value;
      case SERVICE -> value instanceof Double ? Lua.toText(value) : value;
      case TEXT -> Lua.toText(value);
      case PORT, INT, LONG, LENGTH -> {
        Number number = value instanceof String text ? Lua.toNumber(text) : null;
        yield number == null ? value : number;
      }
      case TRUTH, IGNORED, OTHER -> value;
    };
  }

  private static Object whole(Kind kind, Object value) {
    return switch (kind) {
      case PORT, INT, LONG, LENGTH ->
          value instanceof Double number ? (Long) number.longValue() : value;
      default -> value;
    };
  }

  private static Object cut(Kind kind, Object value) {
    if (!(value instanceof Long number) || number == number.intValue()) {
      return value;
    }
    return switch (kind) {
      case INT -> (long) number.intValue();
      case LENGTH -> Math.min(number & 0xFFFF_FFFFL, Nixio.BUFFERSIZE);
      default -> value;
    };
  }

  private static Object truth(Kind kind, Object value) {
    return kind == Kind.TRUTH ? (Object) Lua.truth(value) : value;
  }

  private static String beforeNul(String text) {
    int nul = text.indexOf('\0');
    return nul < 0 ? text : text.substring(0, nul);
  }

  private static Call device(Step step, Call call) {
    return call.setsOption()
            && call.option().equals("socket.bindtodevice")
            && call.get(2) instanceof String name
        ? call.with(2, beforeNul(name))
        : call;
  }

  private static Object name(Kind kind, Object value) {
    boolean ends =
        kind == Kind.NAME
            || kind == Kind.SERVICE
            || (kind == Kind.PATH && value instanceof String path && !path.startsWith("\0"));
    return ends && value instanceof String text ? beforeNul(text) : value;
  }

  private static Object port(Kind kind, Object value) {
    if (kind == Kind.PORT && value instanceof Long number) {
      return number & 0xFFFF;
    }
    if (kind == Kind.SERVICE && value instanceof Long number) {
      // glibc's resolver cuts a large number, but knows no negative one.
      return number < 0 ? (Object) number.toString() : (Object) (number & 0xFFFF);
    }
    if (kind == Kind.SERVICE && value instanceof String text) {
      Long number = Longs.tryParse(text.strip());
      return number == null || number <= 0xFFFF ? text : Long.toString(number & 0xFFFF);
    }
    return value;
  }

  private static Object service(Kind kind, Object value) {
    return kind == Kind.SERVICE && value instanceof String text && text.isEmpty() ? "0" : value;
  }

  private static Call length(Step step, Call call) {
    if (!(call.get(0) instanceof Long length) || length >= 0) {
      return call;
    }
    if (call.method("recv", "read", "recvfrom")) {
      return call.with(0, (long) Nixio.BUFFERSIZE);
    }
    if (call.method("recvall", "readall")) {
      return new Call(call.room(), call.self(), READ_ONCE, List.of((long) Nixio.BUFFERSIZE));
    }
    return call;
  }

  /** Outside the buffer nothing is sent; too long, or negative, is up to the end. */
  private static Call range(Step step, Call call) {
    int at = call.method("send", "write") ? 1 : call.method("sendto") ? 3 : -1;
    if (at < 0
        || !(call.get(0) instanceof String data)
        || !(call.get(at) instanceof Long || call.get(at) == null)
        || !(call.get(at + 1) instanceof Long || call.get(at + 1) == null)) {
      return call;
    }
    long size = data.length();
    long offset = call.get(at) instanceof Long given ? given : 0;
    long start = offset < 0 || offset > size ? size : offset;
    long length = call.get(at + 1) instanceof Long given ? given : size - start;
    long count = length < 0 || length > size - start ? size - start : length;
    return offset == start && length == count ? call : call.with(at, start).with(at + 1, count);
  }

  private static Call lookup(Step step, Call call) {
    return call.nixio("getnameinfo") && call.get(2) instanceof Long seconds && seconds <= 0
        ? call.with(2, null)
        : call;
  }

  private static Call flag(Step step, Call call) {
    boolean number =
        call.setsOption()
            && Parameters.FLAGS.contains(call.option())
            && call.get(2) instanceof Long;
    // Where the kernel refuses the number there is nothing to do in its place.
    return number && !call.get(2).equals(0L) && !step.failedWith(22) ? call.with(2, 1L) : call;
  }

  private static Call timeout(Step step, Call call) {
    return call.setsOption()
            && Parameters.TIMEOUTS.contains(call.option())
            && call.get(2) instanceof Long seconds
            && seconds < 0
            && step.succeeded()
        ? call.with(2, 0L).with(3, 0L)
        : call;
  }

  /** C hands over a structure of which the kernel reads the first four bytes. */
  private static Call interface6(Step step, Call call) {
    if (!call.setsOption()
        || !call.option().equals("ipv6.multicast_if")
        || !(call.get(2) instanceof String address)
        || !address.contains(":")
        || address.contains("%")
        || !InetAddresses.isInetAddress(address)) {
      return call;
    }
    byte[] bytes = InetAddresses.forString(address).getAddress();
    // A mapped IPv4 address comes without its leading zeros.
    long index =
        bytes.length < 16 ? 0 : ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt();
    return call.with(List.of(call.get(0), call.get(1), index));
  }

  /** C takes a second value for the interface's address; without one it is 0.0.0.0. */
  private static Call interface4(Step step, Call call) {
    return call.setsOption()
            && call.option().equals("ip.multicast_if")
            && call.get(2) instanceof String
            && call.get(3) == null
        ? call.with(2, "0.0.0.0")
        : call;
  }
}
