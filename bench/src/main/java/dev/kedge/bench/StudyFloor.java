package dev.kedge.bench;

import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The forward and backward passes that {@code bench/study} cannot do without, and nothing else. */
@Command(name = "study-floor", description = "The passes of a study of six methods and eleven α.")
public final class StudyFloor implements Callable<Integer> {
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

  @Option(names = "--heads", defaultValue = "4")
  private int heads;

  @Option(names = "--projection", defaultValue = "64")
  private int projection;

  @Option(names = "--classes", defaultValue = "7")
  private int classes;

  @Option(names = "--learnt", required = true, description = "Pictures that are learnt from.")
  private int learnt;

  @Option(names = "--tested", required = true, description = "Pictures of each suite.")
  private int[] tested;

  @Option(names = "--epochs", required = true)
  private int epochs;

  @Option(names = "--batch", defaultValue = "64")
  private int batch;

  @Option(names = "--alphas", defaultValue = "11", description = "From 0 to 1, with both.")
  private int alphas;

  /** Runs as long as it is asked to. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new StudyFloor()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    ComputeThreads.use(threads);
    SmallClip small = new SmallClip(image, patch, width, depth, heads, projection, classes);
    try (Scope scope = Scope.plain()) {
      StudyPasses passes = new StudyPasses(scope, small, batch);
      passes.warmUp();
      new Rounds("seconds", () -> study(passes), 1, 0).whileAsked();
    }
    return 0;
  }

  private void study(StudyPasses passes) {
    for (int method = 0; method < StudyPasses.METHODS; method++) {
      passes.train(learnt, epochs);
    }
    // The teacher of both distillations sees every picture as each epoch does.
    passes.forward(epochs * learnt);
    passes.probe(learnt, epochs);
    // α = 0 is one model, whatever the method.
    int models = 1 + StudyPasses.METHODS * (alphas - 1);
    for (int suite : tested) {
      for (int model = 0; model < models; model++) {
        passes.forward(suite);
      }
    }
  }
}
