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

  /** Whether a cell has been scored, here or elsewhere. */
  boolean has(Cell cell) {
    return find(cell.key()).isPresent();
  }

  /** Lets a cell's predictions stay in the store as long as this stage's result does. */
  void keep(Cell cell) {
    context.keepPart(cell.key());
  }

  private Optional<Path> find(String key) {
    if (!files.containsKey(key)) {
      context.part(key).ifPresent(folder -> files.put(key, folder.resolve(FILE)));
    }
    return Optional.ofNullable(files.get(key));
  }

  /** The file with a scored cell's predictions. */
  Path file(Cell cell) {
    return files.get(cell.key());
  }

  /** A scored cell's predictions. */
  Predictions predictions(Cell cell) throws IOException {
    return read(file(cell));
  }

  /** What an evaluation that was stopped has left of a cell: a window's predictions. */
  Optional<Predictions> window(Cell cell, Window window) throws IOException {
    Optional<Path> file = window.whole() ? Optional.empty() : find(cell.key(window));
    return file.isPresent() ? Optional.of(read(file.get())) : Optional.empty();
  }

  private static Predictions read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Predictions.read(in);
    }
  }

  /** Keeps a cell's predictions, whatever becomes of this evaluation. */
  void save(Cell cell, Predictions predictions) throws IOException {
    save(cell.key(), predictions);
  }

  /**
   * Keeps a window's predictions until its cell is through; one that is the whole needs no part.
   */
  void save(Cell cell, Window window, Predictions predictions) throws IOException {
    if (!window.whole()) {
      save(cell.key(window), predictions);
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
