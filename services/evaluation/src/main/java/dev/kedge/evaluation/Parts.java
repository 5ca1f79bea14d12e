package dev.kedge.evaluation;

import dev.kedge.report.Predictions;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Predictions by what determines them: those of earlier evaluations and those made here. */
final class Parts {
  private static final String KIND = "predictions";
  private static final String FILE = "predictions.jsonl";

  private final StageContext context;
  private final Map<String, Path> files = new HashMap<>();

  Parts(StageContext context) {
    this.context = context;
  }

  /** Whether a pair has been scored, here or elsewhere. */
  boolean has(CandidateOnSuite pair) {
    return find(pair.key()).isPresent();
  }

  /** Lets a pair's predictions stay in the store as long as this stage's result does. */
  void keep(CandidateOnSuite pair) {
    context.keepPart(pair.key());
  }

  private Optional<Path> find(String key) {
    if (!files.containsKey(key)) {
      context.part(key).ifPresent(folder -> files.put(key, folder.resolve(FILE)));
    }
    return Optional.ofNullable(files.get(key));
  }

  /** The file with a scored pair's predictions. */
  Path file(CandidateOnSuite pair) {
    return files.get(pair.key());
  }

  /** A scored pair's predictions. */
  Predictions predictions(CandidateOnSuite pair) throws IOException {
    return read(file(pair));
  }

  /** What an evaluation that was stopped has left of a pair: a window's predictions. */
  Optional<Predictions> window(CandidateOnSuite pair, Window window) throws IOException {
    Optional<Path> file = window.whole() ? Optional.empty() : find(pair.key(window));
    return file.isPresent() ? Optional.of(read(file.get())) : Optional.empty();
  }

  private static Predictions read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Predictions.read(in);
    }
  }

  /** Keeps a pair's predictions, whatever becomes of this evaluation. */
  void save(CandidateOnSuite pair, Predictions predictions) throws IOException {
    save(pair.key(), predictions);
  }

  /**
   * Keeps a window's predictions until its pair is through; one that is the whole needs no part.
   */
  void save(CandidateOnSuite pair, Window window, Predictions predictions) throws IOException {
    if (!window.whole()) {
      save(pair.key(window), predictions);
    }
  }

  private void save(String key, Predictions predictions) throws IOException {
    Path folder = Files.createDirectories(context.scratch().resolve("parts"));
    Path file = folder.resolve(key + ".jsonl");
    try (OutputStream out = Files.newOutputStream(file)) {
      predictions.write(out);
    }
    context.savePart(
        key, new StageOutput.NewFiles(KIND, new TreeMap<>(Map.of(FILE, file)), Map.of()));
    files.put(key, file);
  }
}
