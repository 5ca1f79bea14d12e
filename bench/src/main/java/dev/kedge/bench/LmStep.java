package dev.kedge.bench;

import dev.kedge.models.language.LanguageModel;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.Descent;
import dev.kedge.models.train.LanguageAnswers;
import dev.kedge.models.train.LanguageBatch;
import dev.kedge.models.train.Precision;
import dev.kedge.models.train.Schedule;
import dev.kedge.models.train.TrainingLoop;
import dev.kedge.models.train.TrainingRun;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The counterpart of {@code bench/yardsticks/lm_step.py}: same sizes, same protocol. */
@Command(name = "lm-step", description = "Training steps of a small OPT.")
public final class LmStep implements Callable<Integer> {
  @Option(names = "--threads", defaultValue = "2")
  private int threads;

  @Option(names = "--batch", defaultValue = "16")
  private int batch;

  @Option(names = "--tokens", defaultValue = "128")
  private int tokens;

  @Option(names = "--width", defaultValue = "256")
  private int width;

  @Option(names = "--depth", defaultValue = "6")
  private int depth;

  @Option(names = "--heads", defaultValue = "4")
  private int heads;

  @Option(names = "--vocabulary", defaultValue = "4096")
  private int vocabulary;

  @Option(names = "--bf16", description = "Products in bfloat16, weights in 32 bits.")
  private boolean bf16;

  @Option(names = "--steps", defaultValue = "5", description = "Steps of a round.")
  private int steps;

  /** Runs as long as it is asked to. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new LmStep()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    ComputeThreads.use(threads);
    try (Scope scope = Scope.plain();
        TrainingLoop<LanguageBatch> loop = loop(scope)) {
      new Rounds("seconds_per_step", loop::step, steps).whileAsked();
    }
    return 0;
  }

  private TrainingLoop<LanguageBatch> loop(Scope scope) throws IOException {
    SmallOpt small = new SmallOpt(tokens, width, depth, heads, vocabulary);
    Weights model = small.weights(scope);
    List<LanguageBatch> one =
        List.of(new LanguageBatch(small.noise(batch), Collections.nCopies(batch, "noise")));
    Precision precision = bf16 ? Precision.BF16 : Precision.F32;
    return new TrainingLoop<>(
        new TrainingRun<>(
            precision.of(new LanguageAnswers(new LanguageModel(small.config()))),
            (owner, step) -> one,
            List.of(),
            new Descent(Schedule.constant(1e-5, 0), 0.1, 1.0)),
        model,
        model);
  }
}
