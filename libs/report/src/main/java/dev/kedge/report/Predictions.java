package dev.kedge.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
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
import java.util.Map;

/**
 * One model on one suite, sample by sample. Its file is JSON lines: first {@code {"classes": [NAME,
 * …]}}, then one {@link Prediction} a line.
 */
public record Predictions(List<String> classes, List<Prediction> samples) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Checks that the labels are classes.
   *
   * @throws IllegalArgumentException if there is no sample or a class index is out of range
   */
  public Predictions {
    classes = List.copyOf(classes);
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("predictions of no sample say nothing");
    }
    for (Prediction sample : samples) {
      check(sample.label(), sample, classes.size());
      for (int predicted : sample.top()) {
        check(predicted, sample, classes.size());
      }
    }
  }

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException naming the line that is not a prediction
   */
  public static Predictions read(InputStream in) {
    List<Prediction> samples = new ArrayList<>();
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      List<String> classes = classes(lines.readLine());
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        samples.add(JSON.readValue(line, Prediction.class));
      }
      return new Predictions(classes, samples);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "line " + (samples.size() + 2) + " is not a prediction: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the file; equal predictions are equal bytes. Leaves the stream open. */
  public void write(OutputStream out) {
    ObjectWriter json = JSON.writer();
    try {
      Writer lines = new OutputStreamWriter(out, UTF_8);
      lines.append(json.writeValueAsString(Map.of("classes", classes))).append('\n');
      for (Prediction sample : samples) {
        lines.append(json.writeValueAsString(sample)).append('\n');
      }
      lines.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> classes(String header) throws IOException {
    JsonNode names = header == null ? null : JSON.readTree(header).get("classes");
    if (names == null || !names.isArray()) {
      throw new IllegalArgumentException(
          "not a file of predictions: its first line should be {\"classes\": [...]}");
    }
    List<String> classes = new ArrayList<>();
    names.forEach(name -> classes.add(name.asText()));
    return classes;
  }

  private static void check(int index, Prediction sample, int classes) {
    if (index < 0 || index >= classes) {
      throw new IllegalArgumentException(
          "sample '%s': class %d is not one of the %d classes"
              .formatted(sample.sample(), index, classes));
    }
  }
}
