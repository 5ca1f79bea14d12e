package dev.kedge.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Logits of two classifiers on 240 samples and 12 classes, and what numpy in float64 made of them.
 */
record Golden(JsonNode json) {

  static Golden read() throws IOException {
    try (InputStream in = Golden.class.getResourceAsStream("golden.json")) {
      return new Golden(new ObjectMapper().readTree(in));
    }
  }

  ClassPredictions predictions(String model) {
    JsonNode logits = json.get("logits_" + model);
    List<ClassPrediction> samples = new ArrayList<>();
    for (int i = 0; i < logits.size(); i++) {
      int label = json.get("labels").get(i).intValue();
      samples.add(ClassPrediction.ofLogits("s" + i, label, floats(logits.get(i))));
    }
    return new ClassPredictions(
        IntStream.range(0, 12).mapToObj(Integer::toString).toList(), samples);
  }

  private static float[] floats(JsonNode row) {
    float[] values = new float[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i).floatValue();
    }
    return values;
  }
}
