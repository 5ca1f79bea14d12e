package dev.kedge.bench;

import dev.kedge.models.clip.Activation;
import dev.kedge.models.clip.TowerConfig;
import dev.kedge.models.clip.VisionConfig;
import dev.kedge.models.torch.ComputeThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Evaluates eleven α over four suites, in one of three ways, or one model alone. */
@Command(name = "sweep", description = "An evaluation of eleven averages, or of one model.")
public final class Sweep implements Callable<Integer> {
  private static final int SUITES = 4;

  /** The way. */
  enum Way {
    /** One EVALUATE stage. */
    SWEEP,
    /** The forward passes alone. */
    FLOOR,
    /** Merge, save, load and evaluate, each α by itself. */
    FILES,
    /** One EVALUATE stage of the fine-tuned model alone. */
    ONE
  }

  @Option(names = "--way", required = true)
  private Way way;

  @Option(names = "--threads", defaultValue = "2")
  private int threads;

  @Option(names = "--image", defaultValue = "64", description = "Pixels of an edge.")
  private int image;

  @Option(names = "--patch", defaultValue = "8")
  private int patch;

  @Option(names = "--width", defaultValue = "128")
  private int width;

  @Option(names = "--depth", defaultValue = "4")
  private int depth;

  @Option(names = "--pictures", defaultValue = "64", description = "Pictures of a suite.")
  private int pictures;

  @Option(names = "--folder", description = "For models and pictures; a new one by default.")
  private Path folder;

  /** Runs as long as it is asked to. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Sweep()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    ComputeThreads.use(threads);
    SweepWays ways = ways(folder == null ? Files.createTempDirectory("kedge-sweep") : folder);
    switch (way) {
      case SWEEP -> whileAsked(ways::sweep);
      case FILES -> whileAsked(ways::files);
      case ONE -> whileAsked(ways::one);
      case FLOOR -> {
        try (SweepWays.Floor floor = ways.floor()) {
          whileAsked(floor::pass);
        }
      }
    }
    return 0;
  }

  private SweepWays ways(Path into) throws IOException {
    TowerConfig tower =
        new TowerConfig(width, 4 * width, depth, width / 64, Activation.QUICK_GELU, 1e-5);
    SweepInputs inputs = new SweepInputs(into, new VisionConfig(tower, image, patch, 3));
    List<Path> suites = new ArrayList<>();
    for (int i = 0; i < SUITES; i++) {
      suites.add(inputs.suite("suite" + i, pictures));
    }
    return new SweepWays(
        inputs, into, inputs.model("base", 1), inputs.model("tuned", 2), suites, threads);
  }

  private static void whileAsked(Rounds.Step work) throws IOException {
    new Rounds("seconds", work, 1).whileAsked();
  }
}
