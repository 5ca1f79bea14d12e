package dev.kedge.fisher;

import dev.kedge.compute.Compute;
import dev.kedge.data.DataException;
import dev.kedge.stage.NumericsProfile;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageExecutor;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.FisherSpec;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.tensors.UnusableTensorsException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Takes the diagonal Fisher information at the weights of a CLIP or a language model. */
@ApplicationScoped
public class FisherExecutor implements StageExecutor {
  static final String FILE = "fisher.safetensors";
  static final String SAMPLES = "samples";

  private final Compute compute;

  @Inject
  FisherExecutor(Compute compute) {
    this.compute = compute;
  }

  /** On the processor. */
  FisherExecutor() {
    this(Compute.onProcessor());
  }

  @Override
  public StageKind kind() {
    return StageKind.FISHER;
  }

  @Override
  public NumericsProfile profile(StageSpec spec) {
    return compute.profile(spec.getFisher().getThreads(), spec.getFisher().getDevice());
  }

  @Override
  public StageOutput execute(StageSpec spec, StageContext context) throws IOException {
    try {
      compute.begin(spec.getFisher().getThreads(), spec.getFisher().getDevice());
      return output(information(spec.getFisher(), context), context);
    } catch (IllegalArgumentException e) {
      throw StageException.user("BAD_FISHER", e.getMessage(), e);
    } catch (DataException e) {
      throw StageException.user("UNUSABLE_DATASET", e.getMessage(), e);
    } catch (UnusableTensorsException e) {
      throw StageException.user("UNUSABLE_CHECKPOINT", e.getMessage(), e);
    }
  }

  private static Information information(FisherSpec spec, StageContext context) throws IOException {
    if (spec.getMergeCount() > 0) {
      return new MergedShards(spec, context).compute();
    }
    Path checkpoint = context.input(spec.getCheckpoint());
    return spec.hasText()
        ? new LanguageInformation(spec, checkpoint, context).compute()
        : new ImageInformation(spec, checkpoint, context).compute();
  }

  private static StageOutput output(Information fisher, StageContext context) throws IOException {
    Path folder = Files.createDirectories(context.scratch().resolve("fisher"));
    SafetensorsWriter.write(
        folder.resolve(FILE), fisher.mean(), Map.of(SAMPLES, Integer.toString(fisher.samples())));
    ImportanceFile.write(folder, fisher);
    return StageOutput.folder("fisher", folder, Map.of(SAMPLES, (double) fisher.samples()));
  }
}
