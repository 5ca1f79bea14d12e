package dev.kedge.fisher;

import dev.kedge.models.train.HeadFile;
import dev.kedge.models.train.HeadForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The head of a checkpoint that was trained as a classifier. */
final class TrainedHead {
  private TrainedHead() {}

  /**
   * Checks that there is one under which the Fisher information is known.
   *
   * @param classes the calibration data's
   */
  static void require(Path checkpoint, List<String> classes) throws IOException {
    HeadFile head =
        HeadFile.read(checkpoint)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the checkpoint has no head; give one that was trained as a classifier, or"
                            + " captions"));
    if (head.form() != HeadForm.LINEAR) {
      throw new IllegalArgumentException(
          "the head is %s; the Fisher information is known for linear heads only"
              .formatted(head.form()));
    }
    if (!head.classes().equals(classes)) {
      throw new IllegalArgumentException(
          "the head's classes %s are not the calibration data's %s"
              .formatted(head.classes(), classes));
    }
  }
}
