package dev.kedge.plan;

import dev.kedge.stage.v1.ClipArchitecture;
import dev.kedge.v1.NewModel;

/** A new model's sizes with the contract's defaults filled in. */
final class Architectures {
  private Architectures() {}

  static ClipArchitecture clip(NewModel.Clip clip) {
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

  private static int or(int value, int otherwise) {
    return value == 0 ? otherwise : value;
  }
}
