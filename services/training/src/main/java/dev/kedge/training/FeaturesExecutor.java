package dev.kedge.training;

import dev.kedge.compute.Compute;
import dev.kedge.data.DataException;
import dev.kedge.data.text.TextPart;
import dev.kedge.models.clip.Clip;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.language.LanguageModel;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.Batch;
import dev.kedge.models.train.FeatureStore;
import dev.kedge.models.train.LanguageAnswers;
import dev.kedge.models.train.LanguageViews;
import dev.kedge.models.train.Learner;
import dev.kedge.models.train.PictureViews;
import dev.kedge.models.train.Views;
import dev.kedge.stage.NumericsProfile;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageExecutor;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.FeaturesSpec;
import dev.kedge.stage.v1.Instruction;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.tensors.UnusableTensorsException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Computes a base's features of all that runs will see, once for all of them. */
@ApplicationScoped
public class FeaturesExecutor implements StageExecutor {
  private final Compute compute;

  @Inject
  FeaturesExecutor(Compute compute) {
    this.compute = compute;
  }

  /** On the processor. */
  FeaturesExecutor() {
    this(Compute.onProcessor());
  }

  @Override
  public StageKind kind() {
    return StageKind.FEATURES;
  }

  @Override
  public NumericsProfile profile(StageSpec spec) {
    return compute.profile(spec.getFeatures().getThreads(), spec.getFeatures().getDevice());
  }

  @Override
  public StageOutput execute(StageSpec spec, StageContext context) throws IOException {
    FeaturesSpec features = spec.getFeatures();
    try (Scope scope = Scope.plain()) {
      compute.begin(features.getThreads(), features.getDevice());
      long rows =
          features.hasInstruction()
              ? ofTexts(features, context, scope)
              : ofImages(features, context, scope);
      new FeatureOrigin(features).write(folder(context));
      return StageOutput.folder("features", folder(context), Map.of("features", (double) rows));
    } catch (IllegalArgumentException e) {
      throw StageException.user("BAD_FEATURES", e.getMessage(), e);
    } catch (DataException e) {
      throw StageException.user("UNUSABLE_DATASET", e.getMessage(), e);
    } catch (UnusableTensorsException e) {
      throw StageException.user("UNUSABLE_BASE", e.getMessage(), e);
    }
  }

  private static Path folder(StageContext context) {
    return context.scratch().resolve("features");
  }

  private static long ofTexts(FeaturesSpec spec, StageContext context, Scope scope)
      throws IOException {
    Instruction task = spec.getInstruction();
    try (StartingLanguageModel model =
        StartingLanguageModel.of(context.input(spec.getBase()), false)) {
      SequenceReader reader = SequenceReader.of(model, task, context);
      List<TextPart> parts = List.of(new DataParts(context).texts(task.getTrain()));
      return compute(
          new LanguageAnswers(new LanguageModel(model.config())),
          model.weights(scope),
          new LanguageViews(reader.read(parts)),
          "tokens",
          context);
    }
  }

  private static long ofImages(FeaturesSpec spec, StageContext context, Scope scope)
      throws IOException {
    try (StartingModel model = StartingModel.of(context.input(spec.getBase()))) {
      return compute(
          new ImageFeatures(new Clip(model.config())),
          TrainingPlan.weights(model, scope),
          views(spec.getImages(), model, context),
          "images",
          context);
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

  /** Computes a row for each of what there is in all views; gives their number. */
  private static <B extends Batch> long compute(
      Learner<B> learner, Weights weights, Views<B> views, String unit, StageContext context)
      throws IOException {
    FeatureStore.compute(
        folder(context), learner, weights, views, chunks -> report(chunks, views, unit, context));
    return views.rows();
  }

  private static void report(int chunks, Views<?> views, String unit, StageContext context) {
    context.checkStopping();
    context.progress(views.rows() * chunks / views.chunks(), views.rows(), unit, Map.of());
  }
}
