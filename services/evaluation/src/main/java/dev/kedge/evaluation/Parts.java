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
    if (!files.containsKey(cell.key())) {
      Optional<Path> part = context.part(cell.key());
      part.ifPresent(folder -> files.put(cell.key(), folder.resolve(FILE)));
    }
    return files.containsKey(cell.key());
  }

  /** The file with a scored cell's predictions. */
  Path file(Cell cell) {
    return files.get(cell.key());
  }

  /** A scored cell's predictions. */
  Predictions predictions(Cell cell) throws IOException {
    try (InputStream in = Files.newInputStream(file(cell))) {
      return Predictions.read(in);
    }
  }

  /** Keeps a cell's predictions, whatever becomes of this evaluation. */
  void save(Cell cell, Predictions predictions) throws IOException {
    Path folder = Files.createDirectories(context.scratch().resolve("parts"));
    Path file = folder.resolve(cell.key() + ".jsonl");
    try (OutputStream out = Files.newOutputStream(file)) {
      predictions.write(out);
    }
    context.savePart(
        cell.key(), new StageOutput.NewFiles(KIND, new TreeMap<>(Map.of(FILE, file)), Map.of()));
    files.put(cell.key(), file);
  }
}
