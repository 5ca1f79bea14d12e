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
   * Looks at model and data, and reads the weights.
   *
   * @param scope owns the weights
   * @throws IllegalArgumentException if model and data do not go together
   */
  SummedSamples prepare(Scope scope) throws IOException {
    LanguageConfig stored = LanguageFolder.check(checkpoint);
    LanguageConfig config = spec.getText().getOwnHead() ? stored.untied() : stored;
    LanguageCalibration calibration = calibration(config);
    FisherLabels labels = Labels.of(spec, calibration.rowsBefore());
    try (Checkpoint tensors = Checkpoint.open(checkpoint)) {
      Weights weights = LanguageWeights.read(scope, config, LanguageFolder.named(stored, tensors));
      return pass(
          calibration, new LanguageFisher(new LanguageModel(config), weights, unit(), labels));
    }
  }

  private LanguageCalibration calibration(LanguageConfig config) {
    try (LanguageTokenizer tokenizer = LanguageTokenizer.open(checkpoint)) {
      return LanguageCalibration.of(spec, config, tokenizer, context);
    }
  }

  private SummedSamples pass(LanguageCalibration calibration, LanguageFisher fisher) {
    int batch = Math.max(1, Math.min(MOST_SEQUENCES, MOST_TOKENS / calibration.longest()));
    return new SummedSamples(
        new CalibrationPass(
            context, calibration.size(), batch, samples(), CalibrationPass.SAVE_INTERVAL),
        fisher,
        (from, to) -> fisher.add(calibration.batch(from, to)));
  }

  private String samples() {
    return spec.getText().getUnit() == FisherSpec.Text.Unit.TOKEN ? "tokens" : "sequences";
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
