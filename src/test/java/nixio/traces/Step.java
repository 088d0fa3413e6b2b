package nixio.traces;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One recorded call and its outcome.
 *
 * @param on {@code nixio}, {@code meta}, {@code proc} or the name of a captured object
 * @param ret all values returned, or null where an argument error was raised
 * @param undefined why C's answer means nothing, or null
 * @param env what of the machine the result depends on: {@code user}, {@code netns}
 */
record Step(
    int number,
    String on,
    String fn,
    JsonArray args,
    JsonArray ret,
    String undefined,
    Set<String> env,
    Duration atLeast,
    Duration atMost) {

  static Step of(int number, JsonObject json, Set<String> env) {
    Set<String> all = new LinkedHashSet<>(env);
    all.addAll(texts(json.get("env")));
    return new Step(
        number,
        json.get("on").getAsString(),
        json.get("fn").getAsString(),
        json.has("args") ? json.getAsJsonArray("args") : new JsonArray(),
        json.has("ret") ? json.getAsJsonArray("ret") : null,
        json.has("undefined") ? json.get("undefined").getAsString() : null,
        all,
        millis(json, "elapsed_min_ms"),
        millis(json, "elapsed_max_ms"));
  }

  static Set<String> texts(JsonElement json) {
    Set<String> texts = new LinkedHashSet<>();
    if (json != null && json.isJsonArray()) {
      json.getAsJsonArray().forEach(element -> texts.add(element.getAsString()));
    } else if (json != null && json.isJsonPrimitive()) {
      texts.add(json.getAsString());
    }
    return texts;
  }

  private static Duration millis(JsonObject json, String name) {
    return json.has(name) ? Duration.ofMillis(json.get(name).getAsLong()) : null;
  }

  /** Whether an argument error was raised. */
  boolean raised() {
    return ret == null;
  }

  /** Whether the first value is nil or false and a number follows, as after every failed call. */
  boolean failed() {
    return !raised()
        && ret.size() >= 2
        && Expectation.nothing(ret.get(0))
        && !ret.get(1).isJsonNull();
  }

  /** The errno or EAI code of a failed call, where the recording names one. */
  OptionalInt failure() {
    if (!failed() || !ret.get(1).isJsonPrimitive()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(ret.get(1).getAsInt());
  }

  /** Whether the call is recorded as failed with this number. */
  boolean failedWith(int number) {
    OptionalInt failure = failure();
    return failure.isPresent() && failure.getAsInt() == number;
  }

  /** Whether values of success are recorded. */
  boolean succeeded() {
    return !raised() && !failed();
  }
}
