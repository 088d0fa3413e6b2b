package nixio.traces;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import nixio.Socket;

/** Compares an outcome with what is recorded, and captures what the recording names. */
final class Expectation {

  /** Says that nothing is, in a recorded value: nil, or the false of EAGAIN. */
  static boolean nothing(JsonElement json) {
    if (json.isJsonObject()) {
      JsonElement any = json.getAsJsonObject().get("$any");
      return any != null && any.getAsString().equals("nil");
    }
    return json.isJsonNull()
        || (json.isJsonPrimitive()
            && json.getAsJsonPrimitive().isBoolean()
            && !json.getAsBoolean());
  }

  private final Scene scene;
  private final Call call;
  private final Map<String, Object> captured = new HashMap<>();

  private Expectation(Scene scene, Call call) {
    this.scene = scene;
    this.call = call;
  }

  /** The captured values, if the outcome is as recorded. */
  static Optional<Map<String, Object>> match(Scene scene, Step step, Call call, Outcome outcome) {
    Expectation expectation = new Expectation(scene, call);
    return expectation.matches(step, outcome)
        ? Optional.of(expectation.captured)
        : Optional.empty();
  }

  /** Calls back for each name that the step would capture, with its type. */
  static void captures(JsonElement json, BiConsumer<String, String> name) {
    if (json == null) {
      return;
    }
    if (json.isJsonArray()) {
      json.getAsJsonArray().forEach(element -> captures(element, name));
    } else if (json.isJsonObject()) {
      JsonObject object = json.getAsJsonObject();
      for (String key : List.of("$cap", "$obj")) {
        if (object.has(key)) {
          name.accept(object.get(key).getAsString(), object.get("is").getAsString());
        }
      }
      object.entrySet().forEach(entry -> captures(entry.getValue(), name));
    }
  }

  private boolean matches(Step step, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused _ -> step.raised();
      case Outcome.Values values -> !step.raised() && all(step.ret(), values.list());
      case Outcome.Failed failed ->
          step.failed()
              && matches(step.ret().get(1), (long) failed.number())
              && (step.ret().size() < 4 || matches(step.ret().get(3), failed.partial()));
      case Outcome.Pending _ ->
          step.failedWith(115) || step.failedWith(114) || (call.unix() && step.failedWith(11));
      case Outcome.Broken _, Outcome.NotCovered _ -> false;
    };
  }

  private boolean all(JsonArray expected, List<?> actual) {
    int length = Math.max(expected.size(), actual.size());
    for (int i = 0; i < length; i++) {
      Object value = i < actual.size() ? actual.get(i) : null;
      if (i < expected.size() ? !matches(expected.get(i), value) : value != null) {
        return false;
      }
    }
    return true;
  }

  private boolean matches(JsonElement expected, Object actual) {
    if (actual instanceof Outcome.Text) {
      return !expected.isJsonNull();
    }
    return switch (expected) {
      case JsonPrimitive primitive when primitive.isBoolean() ->
          Objects.equals(actual, primitive.getAsBoolean());
      case JsonPrimitive primitive when primitive.isNumber() ->
          numeric(actual) instanceof Number number
              && number.doubleValue() == primitive.getAsDouble();
      case JsonPrimitive primitive -> primitive.getAsString().equals(actual);
      case JsonArray array -> actual instanceof List<?> list && all(array, list);
      case JsonObject object -> matches(object, actual);
      default -> actual == null;
    };
  }

  /** A flag is a boolean in Java, 0 or 1 in the recording. */
  private Object numeric(Object actual) {
    return actual instanceof Boolean flag && call.getsOption() ? (flag ? 1L : 0L) : actual;
  }

  private boolean matches(JsonObject expected, Object actual) {
    if (expected.has("$any")) {
      return is(expected.get("$any").getAsString(), actual);
    }
    if (expected.has("$oneof")) {
      return expected.getAsJsonArray("$oneof").asList().stream()
          .anyMatch(choice -> matches(choice, actual));
    }
    for (String key : List.of("$cap", "$obj")) {
      if (expected.has(key)) {
        captured.put(expected.get(key).getAsString(), numeric(actual));
        return is(expected.get("is").getAsString(), actual);
      }
    }
    if (expected.has("$revents")) {
      return revents(expected.getAsJsonArray("$revents"), actual);
    }
    if (expected.keySet().stream().anyMatch(key -> key.startsWith("$"))) {
      return Objects.equals(scene.decode(expected), actual);
    }
    if (!(actual instanceof Map<?, ?> map)) {
      // An empty table of Lua is a list as well.
      return expected.isEmpty() && actual instanceof List<?> list && list.isEmpty();
    }
    return map.keySet().equals(expected.keySet())
        && expected.entrySet().stream()
            .allMatch(entry -> matches(entry.getValue(), map.get(entry.getKey())));
  }

  private static boolean revents(JsonArray expected, Object actual) {
    if (!(actual instanceof List<?> list) || list.size() != expected.size()) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      Set<String> found = new HashSet<>(Step.texts(expected.get(i)));
      if (!found.equals(list.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean is(String type, Object actual) {
    return switch (type) {
      case "nil" -> actual == null;
      case "number" -> numeric(actual) instanceof Number;
      case "string" -> actual instanceof String;
      case "boolean" -> actual instanceof Boolean;
      case "table" -> actual instanceof Map || actual instanceof List;
      case "function" -> actual instanceof Call.Callable;
      case "socket" -> actual instanceof Socket;
      // The duplicate of a socket is a file in nixio, a socket in Java.
      case "file" -> actual instanceof StandIn || (actual instanceof Socket && call.nixio("dup"));
      default -> true;
    };
  }
}
