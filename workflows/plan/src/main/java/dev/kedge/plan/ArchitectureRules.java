package dev.kedge.plan;

import com.google.protobuf.Message;
import dev.kedge.stage.v1.ClipArchitecture;
import dev.kedge.stage.v1.LanguageArchitecture;
import dev.kedge.v1.NewModel;

/** The sizes of a new model must fit each other. */
final class ArchitectureRules {
  /** Bytes and three special tokens are the smallest vocabulary that spells every text. */
  private static final int SMALLEST_VOCABULARY = 300;

  private final String path;
  private final Problems problems;

  private ArchitectureRules(String path, Problems problems) {
    this.path = path;
    this.problems = problems;
  }

  /** Checks the family that is given. */
  static void check(NewModel model, Problems problems) {
    switch (model.getFamilyCase()) {
      case CLIP -> new ArchitectureRules("new_model.clip", problems).check(model.getClip());
      case LANGUAGE ->
          new ArchitectureRules("new_model.language", problems).check(model.getLanguage());
      case FAMILY_NOT_SET ->
          problems.add("new_model", "missing: give the family, `clip: {}` or `language: {}`");
    }
  }

  private void check(NewModel.Clip clip) {
    if (!noneIsNegative(clip)) {
      return;
    }
    ClipArchitecture full = Architectures.clip(clip);
    requireDivides(full.getImageSize(), "image_size", full.getPatchSize(), "patch_size");
    requireDivides(full.getVisionWidth(), "vision_width", full.getVisionHeads(), "vision_heads");
    requireDivides(full.getTextWidth(), "text_width", full.getTextHeads(), "text_heads");
    problems.require(
        full.getContextLength() >= 3,
        path + ".context_length",
        "%d leaves no room for a word between the two special tokens"
            .formatted(full.getContextLength()));
  }

  private void check(NewModel.Language language) {
    if (language.getFamily() == NewModel.Language.Family.UNRECOGNIZED) {
      problems.add(path + ".family", "unknown: write OPT, GPT2 or LLAMA, for example");
      return;
    }
    if (!noneIsNegative(language)) {
      return;
    }
    LanguageArchitecture full = Architectures.language(language);
    requireDivides(full.getWidth(), "width", full.getHeads(), "heads");
    problems.require(
        full.getContextLength() >= 2,
        path + ".context_length",
        "%d leaves no room for a token and its successor".formatted(full.getContextLength()));
    problems.require(
        full.getVocabularySize() >= SMALLEST_VOCABULARY,
        path + ".vocabulary_size",
        "%d cannot spell every text: at least %d are needed"
            .formatted(full.getVocabularySize(), SMALLEST_VOCABULARY));
  }

  private boolean noneIsNegative(Message sizes) {
    boolean fine = true;
    for (var field : sizes.getAllFields().entrySet()) {
      if (field.getValue() instanceof Integer size && size < 0) {
        problems.add(path + "." + field.getKey().getName(), size + " must be positive");
        fine = false;
      }
    }
    return fine;
  }

  private void requireDivides(int whole, String wholeName, int part, String partName) {
    problems.require(
        whole % part == 0,
        path + "." + wholeName,
        "%d is not a multiple of %s %d".formatted(whole, partName, part));
  }
}
