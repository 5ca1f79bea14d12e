package dev.kedge.bench;

import dev.kedge.models.clip.Clip;
import dev.kedge.models.fisher.ClassifierFisher;
import dev.kedge.models.fisher.FisherLabels;
import dev.kedge.models.fisher.LanguageFisher;
import dev.kedge.models.language.LanguageModel;
import dev.kedge.models.language.TokenBatch;
import dev.kedge.models.torch.Autograd;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.Batch;
import dev.kedge.models.train.HeadForm;
import dev.kedge.models.train.ImageClassification;
import dev.kedge.models.train.LabelledBatch;
import dev.kedge.models.train.LanguageAnswers;
import dev.kedge.models.train.LanguageBatch;
import dev.kedge.models.train.Learner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The counterpart of {@code bench/yardsticks/fisher.py}: same sizes, same protocol.
 *
 * <p>Times the diagonal Fisher information of some samples, or one plain forward and backward pass
 * over all of them, by which it is measured.
 */
@Command(name = "fisher", description = "The Fisher information of some samples.")
public final class FisherPass implements Callable<Integer> {
  private enum Model {
    CLIP,
    OPT
  }

  @Option(names = "--model", defaultValue = "CLIP", description = "${COMPLETION-CANDIDATES}")
  private Model model;

  @Option(names = "--plain", description = "One batched forward and backward pass instead.")
  private boolean plain;

  @Option(names = "--samples", defaultValue = "64")
  private int samples;

  @Option(names = "--chunk", description = "Samples at once; the FISHER stage's by default.")
  private Integer chunk;

  @Option(names = "--threads", defaultValue = "2")
  private int threads;

  @Option(names = "--passes", defaultValue = "2", description = "Passes of a round.")
  private int passes;

  /** Runs as long as it is asked to. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new FisherPass()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    ComputeThreads.use(threads);
    try (Scope scope = Scope.plain()) {
      new Rounds("seconds_per_pass", model == Model.CLIP ? images(scope) : text(scope), passes)
          .whileAsked();
    }
    return 0;
  }

  private Rounds.Step images(Scope scope) throws IOException {
    SmallClip small = new SmallClip(64, 8, 192, 6, 3, 64, 7);
    Clip clip = new Clip(small.config());
    Weights weights = small.weights(scope);
    if (plain) {
      LabelledBatch all = small.noise(scope, samples);
      Weights trained = weights.only(weights.names().stream().filter(SmallClip::trains).toList());
      return () -> pass(new ImageClassification(clip, HeadForm.LINEAR), weights, trained, all);
    }
    List<LabelledBatch> chunks =
        sizes(chunk == null ? 32 : chunk).stream().map(size -> small.noise(scope, size)).toList();
    return () -> {
      try (ClassifierFisher fisher =
          new ClassifierFisher(clip, weights, new FisherLabels.Observed())) {
        chunks.forEach(fisher::add);
        fisher.mean();
      }
    };
  }

  private Rounds.Step text(Scope scope) throws IOException {
    SmallOpt small = new SmallOpt(128, 256, 6, 4, 4096);
    LanguageModel opt = new LanguageModel(small.config());
    Weights weights = small.weights(scope);
    if (plain) {
      LanguageBatch all =
          new LanguageBatch(small.noise(samples), Collections.nCopies(samples, "noise"));
      return () -> pass(new LanguageAnswers(opt), weights, weights, all);
    }
    List<TokenBatch> chunks = sizes(chunk == null ? 8 : chunk).stream().map(small::noise).toList();
    return () -> {
      try (LanguageFisher fisher =
          new LanguageFisher(
              opt, weights, LanguageFisher.Unit.SEQUENCE, new FisherLabels.Observed())) {
        chunks.forEach(fisher::add);
        fisher.mean();
      }
    };
  }

  /** All samples, so many at once. */
  private List<Integer> sizes(int atOnce) {
    List<Integer> sizes = new ArrayList<>();
    for (int left = samples; left > 0; left -= atOnce) {
      sizes.add(Math.min(left, atOnce));
    }
    return sizes;
  }

  private static <B extends Batch> void pass(
      Learner<B> learner, Weights weights, Weights trained, B batch) {
    try (Scope tape = Scope.recording()) {
      Weights leaves = Autograd.leaves(tape, trained);
      var outputs = learner.outputs(tape, weights.with(leaves), batch);
      Autograd.gradients(tape, learner.loss(tape, outputs, batch), leaves.all());
    }
  }
}
