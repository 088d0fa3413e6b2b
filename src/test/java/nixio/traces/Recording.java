package nixio.traces;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A recorded case: steps that ran in order, in one thread. */
record Recording(String name, List<Step> steps) {

  /** Reads JSON lines, a case each. */
  static List<Recording> readAll(BufferedReader lines) throws IOException {
    List<Recording> recordings = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank()) {
        recordings.add(of(JsonParser.parseString(line).getAsJsonObject()));
      }
    }
    return recordings;
  }

  private static Recording of(JsonObject json) {
    Set<String> env = Step.texts(json.get("env"));
    JsonArray recorded = json.getAsJsonArray("steps");
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < recorded.size(); i++) {
      steps.add(Step.of(i, recorded.get(i).getAsJsonObject(), env));
    }
    return new Recording(json.get("case").getAsString(), steps);
  }
}
