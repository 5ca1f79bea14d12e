package dev.kedge.fisher;

import dev.kedge.data.DataException;
import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipFolder;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.fisher.ClassifierFisher;
import dev.kedge.models.fisher.FisherLabels;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.TorchProfile;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.HeadForm;
import dev.kedge.models.train.LabelledBatch;
import dev.kedge.stage.NumericsProfile;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageExecutor;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.FisherSpec;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.tensors.UnusableTensorsException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes the diagonal Fisher information at a classifier's or a language model's weights. */
@ApplicationScoped
public class FisherExecutor implements StageExecutor {
  private static final String FILE = "fisher.safetensors";

  /** Samples at once: each holds a gradient of the largest weight. */
  private static final int BATCH = 32;

  @Override
  public StageKind kind() {
    return StageKind.FISHER;
  }

  @Override
  public NumericsProfile profile(StageSpec spec) {
    return NumericsProfile.ofThisMachine()
        .with("threads", spec.getFisher().getThreads())
        .with(TorchProfile.values());
  }

  @Override
  public StageOutput execute(StageSpec spec, StageContext context) throws IOException {
    FisherSpec fisher = spec.getFisher();
    Path checkpoint = context.input(fisher.getCheckpoint());
    try (Scope scope = Scope.plain()) {
      ComputeThreads.use(fisher.getThreads());
      if (fisher.hasText()) {
        var found = new LanguageInformation(fisher, checkpoint, context).compute();
        return output(found.information(), found.samples(), context);
      }
      ClipConfig config = ClipFolder.check(checkpoint);
      Calibration calibration = Calibration.of(fisher, checkpoint, context);
      try (ClassifierFisher information =
          new ClassifierFisher(
              new Clip(config), weights(config, checkpoint, scope), labels(fisher))) {
        return compute(information, calibration, context);
      }
    } catch (IllegalArgumentException e) {
      throw StageException.user("BAD_FISHER", e.getMessage(), e);
    } catch (DataException e) {
      throw StageException.user("UNUSABLE_DATASET", e.getMessage(), e);
    } catch (UnusableTensorsException e) {
      throw StageException.user("UNUSABLE_CHECKPOINT", e.getMessage(), e);
    }
  }

  private static Weights weights(ClipConfig config, Path folder, Scope scope) throws IOException {
    List<String> names = new ArrayList<>(ClipTensors.vision(config).keySet());
    names.addAll(HeadForm.LINEAR.names());
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      return Weights.read(scope, checkpoint, names);
    }
  }

  static FisherLabels labels(FisherSpec fisher) {
    return switch (fisher.getMode()) {
      case MODE_UNSPECIFIED, EMPIRICAL -> new FisherLabels.Observed();
      case EXPECTED -> new FisherLabels.Expected();
      case SAMPLED -> new FisherLabels.Sampled(fisher.getDraws(), fisher.getSeed());
      case UNRECOGNIZED -> throw new IllegalArgumentException("the mode is unknown");
    };
  }

  private static StageOutput compute(
      ClassifierFisher fisher, Calibration calibration, StageContext context) throws IOException {
    new CalibrationPass(context, calibration.size(), BATCH, "images", CalibrationPass.SAVE_INTERVAL)
        .run(
            fisher,
            (from, to) -> {
              int[] samples = calibration.samples(from, to);
              try (Scope batch = Scope.plain()) {
                fisher.add(LabelledBatch.of(batch, calibration.pictures(), samples));
              }
            });
    return output(fisher.mean(), fisher.samples(), context);
  }

  private static StageOutput output(MemoryTensors fisher, int samples, StageContext context)
      throws IOException {
    Path folder = Files.createDirectories(context.scratch().resolve("fisher"));
    SafetensorsWriter.write(
        folder.resolve(FILE), fisher, Map.of("samples", Integer.toString(samples)));
    return StageOutput.folder("fisher", folder, Map.of("samples", (double) samples));
  }
}
