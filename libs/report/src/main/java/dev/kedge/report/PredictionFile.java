package dev.kedge.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** Predictions as JSON lines. The header line tells the kinds apart. */
final class PredictionFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PredictionFile() {}

  static Predictions read(InputStream in) {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      JsonNode header = header(lines.readLine());
      if (header.has("classes")) {
        return new ClassPredictions(
            names(header.path("classes")),
            names(header.path(ClassPredictions.UNKNOWN)),
            samples(lines, ClassPrediction.class));
      }
      Measure measure = measure(header);
      return measure.isOfWriting()
          ? new WrittenPredictions(measure, samples(lines, WrittenPrediction.class))
          : new LanguagePredictions(measure, samples(lines, LanguagePrediction.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Predictions predictions, OutputStream out) {
    try {
      Writer lines = new OutputStreamWriter(out, UTF_8);
      lines.append(JSON.writeValueAsString(predictions.header())).append('\n');
      for (Prediction sample : predictions.samples()) {
        lines.append(JSON.writeValueAsString(sample)).append('\n');
      }
      lines.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> List<T> samples(BufferedReader lines, Class<T> kind) throws IOException {
    List<T> samples = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      try {
        samples.add(JSON.readValue(line, kind));
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(
            "line " + (samples.size() + 2) + " is not a prediction: " + e.getOriginalMessage(), e);
      }
    }
    return samples;
  }

  private static JsonNode header(String line) {
    try {
      JsonNode header = JSON.readTree(line == null ? "" : line);
      if (header.path("classes").isArray() || header.path("measure").isTextual()) {
        return header;
      }
    } catch (JsonProcessingException e) {
      throw notPredictions(e);
    }
    throw notPredictions(null);
  }

  private static List<String> names(JsonNode listed) {
    List<String> names = new ArrayList<>();
    listed.forEach(name -> names.add(name.asText()));
    return names;
  }

  private static Measure measure(JsonNode header) {
    try {
      return Measure.valueOf(header.get("measure").asText());
    } catch (IllegalArgumentException e) {
      throw notPredictions(e);
    }
  }

  private static IllegalArgumentException notPredictions(Exception cause) {
    return new IllegalArgumentException(
        "not a file of predictions: its first line should be {\"classes\": [...]} or {\"measure\":"
            + " \"...\"}, one of "
            + List.of(Measure.values()),
        cause);
  }
}
