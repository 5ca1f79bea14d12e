package dev.kedge.gateway.experiments;

import dev.kedge.models.clip.Activation;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.TextConfig;
import dev.kedge.models.clip.TowerConfig;
import dev.kedge.models.clip.VisionConfig;
import dev.kedge.models.language.NewLanguageModel;
import dev.kedge.plan.Architectures;
import dev.kedge.stage.v1.ClipArchitecture;
import dev.kedge.stage.v1.LanguageArchitecture;
import dev.kedge.v1.NewModel;

/** Outlines of models that do not exist yet. */
final class NewModels {
  private static final int CHANNELS = 3;

  private NewModels() {}

  /**
   * A new model's outline; of its vocabulary, which is made from the data, no more is known than
   * how large it may be.
   *
   * @param model its sizes, which fit each other
   */
  static ModelOutline outline(NewModel model) {
    return model.hasClip()
        ? clip(Architectures.clip(model.getClip()))
        : language(Architectures.language(model.getLanguage()));
  }

  private static ModelOutline language(LanguageArchitecture sizes) {
    var model =
        new NewLanguageModel(
            sizes.getWidth(),
            sizes.getLayers(),
            sizes.getHeads(),
            sizes.getContextLength(),
            sizes.getVocabularySize());
    return new ModelOutline.OfLanguage(
        model.of(NewLanguageModel.Kind.valueOf(sizes.getFamily().name())));
  }

  private static ModelOutline clip(ClipArchitecture sizes) {
    TowerConfig text = tower(sizes.getTextWidth(), sizes.getTextLayers(), sizes.getTextHeads());
    TowerConfig vision =
        tower(sizes.getVisionWidth(), sizes.getVisionLayers(), sizes.getVisionHeads());
    return new ModelOutline.OfClip(
        new ClipConfig(
            new TextConfig(text, 1, sizes.getContextLength(), 0, 0, 0),
            new VisionConfig(vision, sizes.getImageSize(), sizes.getPatchSize(), CHANNELS),
            sizes.getProjection(),
            1));
  }

  private static TowerConfig tower(int width, int layers, int heads) {
    return new TowerConfig(width, width, layers, heads, Activation.QUICK_GELU, 1e-5);
  }
}
