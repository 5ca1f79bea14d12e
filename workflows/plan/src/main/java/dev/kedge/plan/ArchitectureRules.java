package dev.kedge.plan;

import dev.kedge.stage.v1.ClipArchitecture;
import dev.kedge.v1.NewModel;

/** The sizes of a new CLIP must fit each other. */
final class ArchitectureRules {
  private static final String PATH = "new_model.clip";

  private final NewModel.Clip clip;
  private final Problems problems;

  ArchitectureRules(NewModel.Clip clip, Problems problems) {
    this.clip = clip;
    this.problems = problems;
  }

  void check() {
    if (!noneIsNegative()) {
      return;
    }
    ClipArchitecture full = Architectures.clip(clip);
    requireDivides(full.getImageSize(), "image_size", full.getPatchSize(), "patch_size");
    requireDivides(full.getVisionWidth(), "vision_width", full.getVisionHeads(), "vision_heads");
    requireDivides(full.getTextWidth(), "text_width", full.getTextHeads(), "text_heads");
    problems.require(
        full.getContextLength() >= 3,
        PATH + ".context_length",
        "%d leaves no room for a word between the two special tokens"
            .formatted(full.getContextLength()));
  }

  private boolean noneIsNegative() {
    boolean fine = true;
    for (var field : clip.getAllFields().entrySet()) {
      if ((int) field.getValue() < 0) {
        problems.add(PATH + "." + field.getKey().getName(), field.getValue() + " must be positive");
        fine = false;
      }
    }
    return fine;
  }

  private void requireDivides(int whole, String wholeName, int part, String partName) {
    problems.require(
        whole % part == 0,
        PATH + "." + wholeName,
        "%d is not a multiple of %s %d".formatted(whole, partName, part));
  }
}
