package dev.kedge.fisher;

import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipFolder;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.fisher.ClassifierFisher;
import dev.kedge.models.fisher.FisherLabels;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.HeadForm;
import dev.kedge.models.train.LabelledBatch;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.FisherSpec;
import dev.kedge.tensors.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The Fisher information of a CLIP's image side, under its own head or under captions. */
record ImageInformation(FisherSpec spec, Path checkpoint, StageContext context) {
  /** Images at once: each holds a gradient of the largest weight. */
  private static final int BATCH = 32;

  /**
   * Looks at model and data, and reads the weights.
   *
   * @param scope owns the weights
   * @throws IllegalArgumentException if model and data do not go together
   */
  SummedSamples prepare(Scope scope) throws IOException {
    ClipConfig config = ClipFolder.check(checkpoint);
    Calibration calibration = Calibration.of(spec, checkpoint, context);
    ClassifierFisher fisher = fisher(new Clip(config), calibration, scope);
    return new SummedSamples(
        new CalibrationPass(
            context, calibration.size(), BATCH, "images", CalibrationPass.SAVE_INTERVAL),
        fisher,
        (from, to) -> add(fisher, calibration, from, to));
  }

  private ClassifierFisher fisher(Clip clip, Calibration calibration, Scope scope)
      throws IOException {
    List<String> classes = calibration.classes();
    FisherLabels labels = Labels.of(spec, calibration.before());
    if (spec.hasCaptions()) {
      CaptionHead captions = new CaptionHead(spec.getCaptions(), classes);
      Weights all = weights(scope, ClipTensors.of(clip.config()).keySet());
      return ClassifierFisher.ofCaptions(
          clip, all.with(captions.of(scope, clip, all, checkpoint)), labels);
    }
    TrainedHead.require(checkpoint, classes);
    List<String> names = new ArrayList<>(ClipTensors.vision(clip.config()).keySet());
    names.addAll(HeadForm.LINEAR.names());
    return new ClassifierFisher(clip, weights(scope, names), labels);
  }

  private Weights weights(Scope scope, Collection<String> names) throws IOException {
    try (Checkpoint tensors = Checkpoint.open(checkpoint)) {
      return Weights.read(scope, tensors, names);
    }
  }

  private static void add(ClassifierFisher fisher, Calibration calibration, int from, int to)
      throws IOException {
    int[] samples = calibration.samples(from, to);
    try (Scope batch = Scope.plain()) {
      fisher.add(LabelledBatch.of(batch, calibration.pictures(), samples));
    }
  }
}
