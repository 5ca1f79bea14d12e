package dev.kedge.plan;

import dev.kedge.v1.Task;

/** Contrastive fine-tuning: for images with class names. */
final class FlypPart extends MethodPart {
  FlypPart() {
    super("flyp");
  }

  @Override
  boolean isProcedure() {
    return true;
  }

  @Override
  boolean goesWith(Task task) {
    return task.hasImageClassification();
  }
}
