package dev.kedge.training;

import dev.kedge.data.DataException;
import dev.kedge.models.clip.Clip;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.TorchProfile;
import dev.kedge.models.train.FeatureStore;
import dev.kedge.models.train.PictureViews;
import dev.kedge.stage.NumericsProfile;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageExecutor;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.FeaturesSpec;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.tensors.UnusableTensorsException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Computes a base's features of all that runs will see, once for all of them. */
@ApplicationScoped
public class FeaturesExecutor implements StageExecutor {
  @Override
  public StageKind kind() {
    return StageKind.FEATURES;
  }

  @Override
  public NumericsProfile profile(StageSpec spec) {
    return NumericsProfile.ofThisMachine()
        .with("threads", spec.getFeatures().getThreads())
        .with(TorchProfile.values());
  }

  @Override
  public StageOutput execute(StageSpec spec, StageContext context) throws IOException {
    FeaturesSpec features = spec.getFeatures();
    try (Scope scope = Scope.plain();
        StartingModel model = StartingModel.of(context.input(features.getBase()))) {
      ComputeThreads.use(features.getThreads());
      return compute(features, model, context, scope);
    } catch (IllegalArgumentException e) {
      throw StageException.user("BAD_FEATURES", e.getMessage(), e);
    } catch (DataException e) {
      throw StageException.user("UNUSABLE_DATASET", e.getMessage(), e);
    } catch (UnusableTensorsException e) {
      throw StageException.user("UNUSABLE_BASE", e.getMessage(), e);
    }
  }

  private static PictureViews views(
      FeaturesSpec.Images images, StartingModel model, StageContext context) {
    LabelledPictures.Part part = new DataParts(context).open(images.getData());
    return new PictureViews(
        DataParts.pictures(model.preprocessing(), List.of(part)),
        Augmentations.of(images.getAugmentation(), images.getSeed()),
        images.getEpochs());
  }

  private static StageOutput compute(
      FeaturesSpec spec, StartingModel model, StageContext context, Scope scope)
      throws IOException {
    PictureViews views = views(spec.getImages(), model, context);
    Path folder = context.scratch().resolve("features");
    FeatureStore.compute(
        folder,
        new ImageFeatures(new Clip(model.config())),
        TrainingPlan.weights(model, scope),
        views,
        done -> report(done, views, context));
    new FeatureOrigin(spec).write(folder);
    return StageOutput.folder("features", folder, Map.of("features", (double) views.rows()));
  }

  private static void report(int chunks, PictureViews views, StageContext context) {
    context.checkStopping();
    context.progress(views.rows() * chunks / views.chunks(), views.rows(), "images", Map.of());
  }
}
