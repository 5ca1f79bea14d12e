package dev.kedge.fisher;

import dev.kedge.models.fisher.FisherLabels;
import dev.kedge.models.fisher.LanguageFisher;
import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageFolder;
import dev.kedge.models.language.LanguageModel;
import dev.kedge.models.language.LanguageTokenizer;
import dev.kedge.models.language.LanguageWeights;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.FisherSpec;
import dev.kedge.tensors.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;

/** The Fisher information of a language model. */
record LanguageInformation(FisherSpec spec, Path checkpoint, StageContext context) {
  /** Most sequences at once. */
  private static final int MOST_SEQUENCES = 8;

  /** Most tokens at once: what a backward pass keeps grows with them. */
  private static final int MOST_TOKENS = 4096;

  /**
   * Computes it.
   *
   * @throws IllegalArgumentException if model and data do not go together
   */
  Information compute() throws IOException {
    LanguageConfig stored = LanguageFolder.check(checkpoint);
    LanguageConfig config = spec.getText().getOwnHead() ? stored.untied() : stored;
    try (LanguageTokenizer tokenizer = LanguageTokenizer.open(checkpoint);
        Scope scope = Scope.plain();
        Checkpoint tensors = Checkpoint.open(checkpoint)) {
      LanguageCalibration calibration = LanguageCalibration.of(spec, config, tokenizer, context);
      Weights weights = LanguageWeights.read(scope, config, LanguageFolder.named(stored, tensors));
      return compute(new LanguageModel(config), weights, calibration);
    }
  }

  private Information compute(LanguageModel model, Weights weights, LanguageCalibration calibration)
      throws IOException {
    FisherLabels labels = Labels.of(spec, calibration.rowsBefore());
    try (LanguageFisher fisher = new LanguageFisher(model, weights, unit(), labels)) {
      int batch = Math.max(1, Math.min(MOST_SEQUENCES, MOST_TOKENS / calibration.longest()));
      new CalibrationPass(
              context, calibration.size(), batch, "sequences", CalibrationPass.SAVE_INTERVAL)
          .run(fisher, (from, to) -> fisher.add(calibration.batch(from, to)));
      return new Information(fisher.mean(), fisher.samples());
    }
  }

  /** A token by itself is a sequence that ends with it. */
  private LanguageFisher.Unit unit() {
    return switch (spec.getText().getUnit()) {
      case UNIT_UNSPECIFIED, SEQUENCE, TOKEN -> LanguageFisher.Unit.SEQUENCE;
      case TOKEN_MEAN -> LanguageFisher.Unit.TOKEN_MEAN;
      case UNRECOGNIZED -> throw new IllegalArgumentException("the unit is unknown");
    };
  }
}
