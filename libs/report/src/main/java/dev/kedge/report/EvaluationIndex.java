package dev.kedge.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What lies where in an evaluation's folder: {@code index.json} beside the files of predictions.
 *
 * @param suites by suite id and candidate id, the file of {@link Predictions} in the folder
 */
public record EvaluationIndex(SortedMap<String, SortedMap<String, String>> suites) {
  /** The index's own name. */
  public static final String FILE = "index.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** An index of nothing yet. */
  public EvaluationIndex() {
    this(new TreeMap<>());
  }

  /** Adds a candidate's predictions and says in which file of the folder they belong. */
  public String add(String suite, String candidate) {
    String file = suite + "/" + candidate + ".jsonl";
    suites.computeIfAbsent(suite, id -> new TreeMap<>()).put(candidate, file);
    return file;
  }

  /** Writes the index into the folder. */
  public Path write(Path folder) throws IOException {
    return Files.writeString(folder.resolve(FILE), JSON.writeValueAsString(this) + "\n", UTF_8);
  }

  /**
   * Reads the index of an evaluation's folder.
   *
   * @throws IOException if there is none
   */
  public static EvaluationIndex read(Path folder) throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve(FILE))) {
      return read(in);
    }
  }

  /** Reads the index itself. */
  public static EvaluationIndex read(InputStream in) throws IOException {
    return JSON.readValue(in, EvaluationIndex.class);
  }

  /**
   * The predictions of a candidate on a suite.
   *
   * @param folder the one that the index was read from
   * @throws IllegalArgumentException if they are not in it
   */
  public Predictions predictions(Path folder, String suite, String candidate) throws IOException {
    Map<String, String> candidates = suites.get(suite);
    String file = candidates == null ? null : candidates.get(candidate);
    if (file == null) {
      throw new IllegalArgumentException(
          "the evaluation has no predictions of '%s' on '%s': evaluate it again"
              .formatted(candidate, suite));
    }
    try (InputStream in = Files.newInputStream(folder.resolve(file))) {
      return Predictions.read(in);
    }
  }
}
