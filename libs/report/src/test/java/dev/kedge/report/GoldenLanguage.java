package dev.kedge.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** What a tiny language model says of 30 questions and of some texts, and lm_eval's numbers. */
record GoldenLanguage(JsonNode json) {

  static GoldenLanguage read() throws IOException {
    try (InputStream in = GoldenLanguage.class.getResourceAsStream("golden-language.json")) {
      return new GoldenLanguage(new ObjectMapper().readTree(in));
    }
  }

  LanguagePredictions choices(Measure measure) {
    List<LanguagePrediction> samples = new ArrayList<>();
    for (JsonNode item : json.get("choices")) {
      List<Double> nats = new ArrayList<>();
      item.get("nats").forEach(value -> nats.add(value.doubleValue()));
      List<Integer> characters = new ArrayList<>();
      item.get("characters").forEach(value -> characters.add(value.intValue()));
      int label = item.get("label").intValue();
      samples.add(
          new LanguagePrediction(
              item.get("id").asText(),
              nats.get(label),
              item.get("bytes").intValue(),
              1,
              nats,
              characters,
              label));
    }
    return new LanguagePredictions(measure, samples);
  }

  LanguagePredictions texts() {
    List<LanguagePrediction> samples = new ArrayList<>();
    for (JsonNode text : json.get("texts")) {
      samples.add(
          LanguagePrediction.of(
              text.get("id").asText(),
              text.get("nats").doubleValue(),
              text.get("bytes").intValue(),
              text.get("tokens").intValue()));
    }
    return new LanguagePredictions(Measure.BITS_PER_BYTE, samples);
  }
}
