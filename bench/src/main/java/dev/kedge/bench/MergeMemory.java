package dev.kedge.bench;

import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.CheckpointWriter;
import dev.kedge.tensors.Materialisation;
import dev.kedge.tensors.Recipe;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.tensors.SparseTerm;
import dev.kedge.tensors.Ties;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What merging two models takes of memory, whatever their size: a row of a table. */
@Command(name = "merge-memory", description = "Peaks of heap and process of a merge.")
public final class MergeMemory implements Callable<Integer> {
  private static final Recipe BASE = new Recipe.Stored("base");
  private static final Recipe TUNED = new Recipe.Stored("tuned");

  @Option(names = "--folder", required = true, description = "Gets the models and the results.")
  private Path folder;

  @Option(names = "--mb", required = true, description = "Of both models together.")
  private long megabytes;

  @Option(names = "--alphas", defaultValue = "1", description = "Results of one reading.")
  private int alphas;

  @Option(names = "--rule", defaultValue = "wise_ft", description = "wise_ft or ties.")
  private String rule;

  @Option(names = "--threads", defaultValue = "2")
  private int threads;

  @Option(names = "--make", description = "Writes the models, and does no more.")
  private boolean make;

  /** Makes the models, or prints one row. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new MergeMemory()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    if (make) {
      model("base", 1);
      model("tuned", 2);
      return 0;
    }
    merge();
    System.out.printf(
        Locale.ROOT,
        "| %s, %d at once | %d | %.0f | %.0f | %.0f |%n",
        rule,
        alphas,
        megabytes,
        heap() / 1e6,
        direct() / 1e6,
        ProcessMemory.peak() / 1e6);
    return 0;
  }

  private void model(String name, long seed) throws IOException {
    Path model = Files.createDirectories(folder.resolve(name));
    RandomModel random = new RandomModel(megabytes * 1_000_000 / 2, seed);
    SafetensorsWriter.write(model.resolve(Checkpoint.MODEL), random, Map.of());
  }

  private void merge() throws IOException {
    List<CheckpointWriter> results = new ArrayList<>();
    try (Checkpoint base = Checkpoint.open(folder.resolve("base"));
        Checkpoint tuned = Checkpoint.open(folder.resolve("tuned"))) {
      var work = Materialisation.of(recipes(), Map.of("base", base, "tuned", tuned), null);
      for (int i = 0; i < alphas; i++) {
        Path result = Files.createDirectories(folder.resolve("merged-" + i));
        results.add(
            CheckpointWriter.create(result, work.specs().values(), base::inHead, 5_000_000_000L));
      }
      work.write(results, threads, (done, total) -> {});
    } finally {
      for (CheckpointWriter result : results) {
        result.close();
      }
    }
  }

  private List<Recipe> recipes() {
    return IntStream.rangeClosed(1, alphas).mapToObj(i -> recipe(i / (alphas + 1.0))).toList();
  }

  private Recipe recipe(double share) {
    return switch (rule) {
      case "wise_ft" -> new Recipe.WiseFt(BASE, TUNED, share);
      case "ties" ->
          new Ties(BASE, List.of(new SparseTerm(TUNED, 1, share)), Ties.Trim.GLOBAL, true, 1);
      default -> throw new IllegalArgumentException("no rule " + rule + ": write wise_ft or ties");
    };
  }

  /** What the parts of the heap had at most, each by itself. */
  private static long heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(peak -> peak.getUsed())
        .sum();
  }

  /** Buffers outside of the heap, at the end. */
  private static long direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
