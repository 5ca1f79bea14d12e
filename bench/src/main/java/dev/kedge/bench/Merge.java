package dev.kedge.bench;

import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.Materialisation;
import dev.kedge.tensors.Recipe;
import dev.kedge.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The counterpart of {@code bench/yardsticks/merge.py}: same models, same protocol. */
@Command(name = "merge", description = "Files of the line between two models.")
public final class Merge implements Callable<Integer> {
  private static final Recipe BASE = new Recipe.Stored("base");
  private static final Recipe TUNED = new Recipe.Stored("tuned");

  @Option(
      names = "--folder",
      required = true,
      description = "Holds the folders base and tuned; gets the results.")
  private Path folder;

  @Option(names = "--alphas", defaultValue = "1", description = "How many points of the line.")
  private int alphas;

  @Option(names = "--threads", defaultValue = "2")
  private int threads;

  /** Runs as long as it is asked to. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Merge()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Path results = Files.createDirectories(folder.resolve("kedge"));
    new Rounds("seconds", () -> merge(results), 1).whileAsked();
    return 0;
  }

  private void merge(Path results) throws IOException {
    List<SafetensorsWriter> files = new ArrayList<>();
    try (Checkpoint base = Checkpoint.open(folder.resolve("base"));
        Checkpoint tuned = Checkpoint.open(folder.resolve("tuned"))) {
      var merged = Materialisation.of(line(), Map.of("base", base, "tuned", tuned), null);
      for (int i = 0; i < alphas; i++) {
        Path file = results.resolve(i + ".safetensors");
        Files.deleteIfExists(file);
        files.add(SafetensorsWriter.create(file, merged.specs().values(), Map.of()));
      }
      merged.write(files, threads, (done, total) -> {});
      files.forEach(SafetensorsWriter::finish);
    } finally {
      for (SafetensorsWriter file : files) {
        file.close();
      }
    }
  }

  /** Inner points alone: the ends would be copies. */
  private List<Recipe> line() {
    return IntStream.rangeClosed(1, alphas)
        .<Recipe>mapToObj(i -> new Recipe.WiseFt(BASE, TUNED, i / (alphas + 1.0)))
        .toList();
  }
}
