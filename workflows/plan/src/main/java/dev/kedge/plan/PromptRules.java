package dev.kedge.plan;

import java.util.List;

/** A prompt has one place for the class name. */
final class PromptRules {
  private static final String PLACE = "{}";

  private PromptRules() {}

  static void check(List<String> prompts, String path, Problems problems) {
    problems.requireDistinct(prompts, path);
    for (int i = 0; i < prompts.size(); i++) {
      String prompt = prompts.get(i);
      int first = prompt.indexOf(PLACE);
      problems.require(
          first >= 0 && first == prompt.lastIndexOf(PLACE),
          Problems.at(path, i),
          "`%s` must have {} once, for the class name".formatted(prompt));
    }
  }
}
