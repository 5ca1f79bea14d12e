package dev.kedge.fisher;

import dev.kedge.compute.Compute;
import dev.kedge.data.DataException;
import dev.kedge.models.torch.Scope;
import dev.kedge.stage.NumericsProfile;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageExecutor;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.FisherSpec;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.tensors.FisherDiagonal;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.tensors.UnusableTensorsException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Takes the diagonal Fisher information at the weights of a CLIP or a language model. */
@ApplicationScoped
public class FisherExecutor implements StageExecutor {
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
    FisherSpec fisher = spec.getFisher();
    return isMerge(fisher)
        ? NumericsProfile.ofThisMachine()
        : compute.profile(fisher.getThreads(), fisher.getDevice());
  }

  /** Nothing but plain arithmetic. */
  private static boolean isMerge(FisherSpec spec) {
    return spec.getMergeCount() > 0;
  }

  @Override
  public StageOutput execute(StageSpec spec, StageContext context) throws IOException {
    try (Scope scope = Scope.plain();
        Prepared prepared = prepared(spec.getFisher(), context, scope)) {
      return output(prepared.compute(), ShardLabel.metadata(spec.getFisher()), context);
    } catch (DataException e) {
      throw StageException.user("UNUSABLE_DATASET", e.getMessage(), e);
    } catch (UnusableTensorsException e) {
      throw StageException.user("UNUSABLE_CHECKPOINT", e.getMessage(), e);
    }
  }

  private Prepared prepared(FisherSpec spec, StageContext context, Scope scope) throws IOException {
    try {
      return isMerge(spec) ? MergedShards.open(spec, context) : pass(spec, context, scope);
    } catch (IllegalArgumentException e) {
      throw StageException.user("BAD_FISHER", e.getMessage(), e);
    }
  }

  private SummedSamples pass(FisherSpec spec, StageContext context, Scope scope)
      throws IOException {
    compute.begin(spec.getThreads(), spec.getDevice());
    Path checkpoint = context.input(spec.getCheckpoint());
    return spec.hasText()
        ? new LanguageInformation(spec, checkpoint, context).prepare(scope)
        : new ImageInformation(spec, checkpoint, context).prepare(scope);
  }

  private static StageOutput output(
      Information fisher, Map<String, String> label, StageContext context) throws IOException {
    Path folder = Files.createDirectories(context.scratch().resolve("fisher"));
    Map<String, String> metadata = new TreeMap<>(label);
    metadata.put(SAMPLES, Integer.toString(fisher.samples()));
    SafetensorsWriter.write(folder.resolve(FisherDiagonal.FILE), fisher.mean(), metadata);
    ImportanceFile.write(folder, fisher);
    return StageOutput.folder("fisher", folder, Map.of(SAMPLES, (double) fisher.samples()));
  }
}
