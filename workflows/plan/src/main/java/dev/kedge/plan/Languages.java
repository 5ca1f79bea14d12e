package dev.kedge.plan;

import dev.kedge.v1.Task;

/** Which experiments are about language models. */
final class Languages {
  private Languages() {}

  static boolean isLanguage(Task task) {
    return task.hasInstruction() || task.hasLanguageModelling();
  }
}
