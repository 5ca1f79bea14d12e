package dev.kedge.bench;

import dev.kedge.models.torch.ComputeThreads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The forward and backward passes that {@code bench/study} cannot do without, and nothing else. */
@Command(name = "study-floor", description = "The passes of a study of six methods and eleven α.")
public final class StudyFloor implements Callable<Integer> {
  @Option(names = "--threads", defaultValue = "2", description = "Of each that is at work.")
  private int threads;

  @Option(names = "--at-once", defaultValue = "1", description = "Trainings and tests at once.")
  private int atOnce;

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

  @Option(names = "--base-known", description = "Leaves out the tests of α = 0.")
  private boolean baseKnown;

  /** Runs as long as it is asked to. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new StudyFloor()).execute(args));
  }

  /** Passes that nobody is at. */
  private final Queue<StudyPasses> idle = new ConcurrentLinkedQueue<>();

  @Override
  public Integer call() throws IOException {
    SmallClip small = new SmallClip(image, patch, width, depth, heads, projection, classes);
    ExecutorService pool = Executors.newFixedThreadPool(atOnce);
    try {
      ComputeThreads.use(threads);
      for (int i = 0; i < atOnce; i++) {
        StudyPasses passes = new StudyPasses(small, batch);
        passes.warmUp();
        idle.add(passes);
      }
      new Rounds("seconds", () -> all(study(), pool), 1, 0).whileAsked();
    } finally {
      pool.shutdown();
      idle.forEach(StudyPasses::close);
    }
    return 0;
  }

  private void all(List<Consumer<StudyPasses>> work, ExecutorService pool) {
    CompletableFuture.allOf(
            work.stream()
                .map(each -> CompletableFuture.runAsync(() -> one(each), pool))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private void one(Consumer<StudyPasses> work) {
    ComputeThreads.use(threads);
    StudyPasses passes = idle.remove();
    try {
      work.accept(passes);
    } finally {
      idle.add(passes);
    }
  }

  private List<Consumer<StudyPasses>> study() {
    List<Consumer<StudyPasses>> study = new ArrayList<>();
    for (int method = 0; method < StudyPasses.METHODS; method++) {
      study.add(passes -> passes.train(learnt, epochs));
    }
    // The teacher of both distillations sees every picture as each epoch does.
    study.add(passes -> passes.forward(epochs * learnt));
    study.add(passes -> passes.probe(learnt, epochs));
    // α = 0 is one model, whatever the method.
    int models = (baseKnown ? 0 : 1) + StudyPasses.METHODS * (alphas - 1);
    for (int suite : tested) {
      for (int model = 0; model < models; model++) {
        study.add(passes -> passes.forward(suite));
      }
    }
    return study;
  }
}
