package dev.kedge.training;

import com.google.protobuf.TextFormat;
import dev.kedge.stage.v1.LanguageArchitecture.Family;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.TrainSpec;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.testing.RecordedOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is trained is what its algorithm version trains. */
class RecordedTrainingTest {
  private static final String OPTIMISATION =
      """
      optimisation {epochs: 1 batch_size: 8 micro_batch: 3 learning_rate: 0.003 weight_decay: 0.1
        warmup_steps: 2 schedule: COSINE clip_norm: 1 precision: F32 seed: 3 threads: 1
        dropout: %s augmentation {flip: %s}}
      """;

  private static final List<String> TRAINED =
      List.of(Checkpoint.MODEL, Checkpoint.HEAD, Trace.FILE);

  @TempDir private Path disk;
  private SmallBases bases;

  @BeforeEach
  void data() throws IOException {
    bases = new SmallBases(disk);
  }

  @Test
  void anImageClassifierIsWhatItWas() throws IOException {
    String task =
        "classification {train {dataset {artifact: '%s'} part: ALL} templates: 'a {} thing'}"
            .formatted(SmallBases.PICTURES);
    requireUnchanged("images", bases.clip(), task, OPTIMISATION.formatted(0, true));
  }

  @Test
  void aLanguageModelIsWhatItWas() throws IOException {
    String task =
        """
        instruction {train {dataset {artifact: '%s'} part: ALL}
          prompt: '{question}' answer: ' {choices[answer]}'}
        """
            .formatted(SmallBases.QUESTIONS);
    requireUnchanged("text", bases.language(Family.OPT), task, OPTIMISATION.formatted(0.1, false));
  }

  private void requireUnchanged(String what, String base, String task, String optimisation)
      throws IOException {
    String method = "method {lp_ft {} l2 {lambda: 0.1} kd_logits {lambda: 1 temperature: 2}}";
    TrainSpec spec =
        TextFormat.parse(
            "base {artifact: '%s'} ".formatted(base) + task + optimisation + method,
            TrainSpec.class);
    Map<String, Path> files = new TreeMap<>(SmallBases.output(spec, bases.context(what)).files());
    files.keySet().retainAll(TRAINED);
    new RecordedOutput(StageKind.TRAIN, what).requireUnchanged(files);
  }
}
