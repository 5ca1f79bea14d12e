package dev.kedge.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.models.language.AnswerSequence;
import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageInitialisation;
import dev.kedge.models.language.LanguageModel;
import dev.kedge.models.language.LanguageTensors;
import dev.kedge.models.language.TokenBatch;
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
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
    LanguageConfig config = config();
    Weights model =
        Weights.read(
            scope, LanguageInitialisation.of(config, 0), LanguageTensors.of(config).keySet());
    List<LanguageBatch> one =
        List.of(new LanguageBatch(sequences(), Collections.nCopies(batch, "noise")));
    Precision precision = bf16 ? Precision.BF16 : Precision.F32;
    return new TrainingLoop<>(
        new TrainingRun<>(
            precision.of(new LanguageAnswers(new LanguageModel(config))),
            (owner, step) -> one,
            List.of(),
            new Descent(Schedule.constant(1e-5, 0), 0.1, 1.0)),
        model,
        model);
  }

  /** Every token but the first is scored, as transformers does it. */
  private TokenBatch sequences() {
    Random random = new Random(1);
    return TokenBatch.of(
        Stream.generate(() -> random.longs(tokens, 4, vocabulary).toArray())
            .limit(batch)
            .map(ids -> new AnswerSequence(ids, tokens - 1))
            .toList());
  }

  private LanguageConfig config() {
    return LanguageConfig.of(
        new ObjectMapper()
            .createObjectNode()
            .put("model_type", "opt")
            .put("vocab_size", vocabulary)
            .put("hidden_size", width)
            .put("word_embed_proj_dim", width)
            .put("ffn_dim", 4 * width)
            .put("num_hidden_layers", depth)
            .put("num_attention_heads", heads)
            .put("max_position_embeddings", tokens)
            .put("activation_function", "relu")
            .put("do_layer_norm_before", true));
  }
}
