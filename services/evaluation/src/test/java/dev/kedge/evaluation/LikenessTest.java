package dev.kedge.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LikenessTest {
  @Test
  void caseAndPunctuationMayCountForNothingButBlanksCount() {
    Likeness lenient = new Likeness(true, true);
    assertThat(lenient.of("a Dog.", "A DOG!!")).isTrue();
    assertThat(lenient.of(" a dog", "a dog")).as("blanks are not stripped").isFalse();
    assertThat(lenient.of("Ünder £4", "ünder £4?")).isTrue();
    assertThat(lenient.of("£4", "4")).as("only ASCII punctuation").isFalse();
    Likeness strict = new Likeness(false, false);
    assertThat(strict.of("dog", "Dog")).isFalse();
    assertThat(strict.of("dog", "dog.")).isFalse();
    assertThat(strict.of("dog", "dog")).isTrue();
  }
}
