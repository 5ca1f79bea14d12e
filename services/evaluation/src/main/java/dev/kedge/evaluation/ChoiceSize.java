package dev.kedge.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * How long a choice is as lm-evaluation-harness counts it: the blank that parts it from its prompt
 * does not count.
 *
 * @param characters Unicode code points, 1 or more
 * @param bytes in UTF-8, 1 or more
 */
record ChoiceSize(int characters, int bytes) {
  static ChoiceSize of(String choice) {
    String text = choice.startsWith(" ") ? choice.substring(1) : choice;
    return new ChoiceSize(
        Math.max(1, text.codePointCount(0, text.length())),
        Math.max(1, text.getBytes(UTF_8).length));
  }
}
