package dev.kedge.fisher;

import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.TextBatch;
import dev.kedge.models.text.ClipTokenizer;
import dev.kedge.models.text.Prompts;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.HeadForm;
import dev.kedge.stage.v1.FisherSpec.Captions;
import java.nio.file.Path;
import java.util.List;

/**
 * Captions in a head's place: the text tower's answer to each class, times the logit scale.
 *
 * @param classes the calibration data's
 */
record CaptionHead(Captions captions, List<String> classes) {
  CaptionHead {
    int names = captions.getClassNamesCount();
    if (names != 0 && names != classes.size()) {
      throw new IllegalArgumentException(
          "class_names has %d names, but the calibration data has %d classes: %s"
              .formatted(names, classes.size(), classes));
    }
  }

  /**
   * Makes the head once.
   *
   * @param folder of the model, with its tokenizer
   * @param weights all of the model's
   */
  Weights of(Scope scope, Clip clip, Weights weights, Path folder) {
    try (Scope texts = Scope.plain()) {
      TextBatch batch = new TextBatch(clip.config().text(), ids(clip, folder));
      Tensor rows = clip.zeroShotRows(texts, weights, batch, classes.size());
      return HeadForm.LINEAR.of(scope, weights, rows);
    }
  }

  private List<long[]> ids(Clip clip, Path folder) {
    List<String> names =
        captions.getClassNamesCount() == 0 ? classes : captions.getClassNamesList();
    List<String> sentences = new Prompts(captions.getTemplatesList()).classMajor(names);
    try (ClipTokenizer tokenizer = ClipTokenizer.open(folder, clip.config().text().context())) {
      return sentences.stream().map(sentence -> tokenizer.encode(sentence).ids()).toList();
    }
  }
}
