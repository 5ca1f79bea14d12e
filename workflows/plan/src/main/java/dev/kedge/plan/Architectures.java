package dev.kedge.plan;

import dev.kedge.stage.v1.ClipArchitecture;
import dev.kedge.stage.v1.LanguageArchitecture;
import dev.kedge.v1.NewModel;

/** A new model's sizes with the contract's defaults filled in. */
public final class Architectures {
  private Architectures() {}

  /** A CLIP's sizes. */
  public static ClipArchitecture clip(NewModel.Clip clip) {
    return ClipArchitecture.newBuilder()
        .setImageSize(or(clip.getImageSize(), 64))
        .setPatchSize(or(clip.getPatchSize(), 8))
        .setVisionWidth(or(clip.getVisionWidth(), 128))
        .setVisionLayers(or(clip.getVisionLayers(), 4))
        .setVisionHeads(or(clip.getVisionHeads(), 4))
        .setTextWidth(or(clip.getTextWidth(), 64))
        .setTextLayers(or(clip.getTextLayers(), 2))
        .setTextHeads(or(clip.getTextHeads(), 2))
        .setContextLength(or(clip.getContextLength(), 16))
        .setProjection(or(clip.getProjection(), 64))
        .build();
  }

  /** A language model's sizes; its vocabulary may turn out smaller. */
  public static LanguageArchitecture language(NewModel.Language language) {
    return LanguageArchitecture.newBuilder()
        .setFamily(family(language.getFamily()))
        .setWidth(or(language.getWidth(), 128))
        .setLayers(or(language.getLayers(), 4))
        .setHeads(or(language.getHeads(), 4))
        .setContextLength(or(language.getContextLength(), 256))
        .setVocabularySize(or(language.getVocabularySize(), 4096))
        .build();
  }

  private static LanguageArchitecture.Family family(NewModel.Language.Family family) {
    return family == NewModel.Language.Family.FAMILY_UNSPECIFIED
        ? LanguageArchitecture.Family.OPT
        : LanguageArchitecture.Family.valueOf(family.name());
  }

  private static int or(int value, int otherwise) {
    return value == 0 ? otherwise : value;
  }
}
