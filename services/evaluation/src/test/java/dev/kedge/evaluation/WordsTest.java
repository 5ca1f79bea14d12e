package dev.kedge.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** As Python's {@code len(re.split(r"\s+", text))}. */
class WordsTest {
  @Test
  void whiteSpaceAtAnEndMakesAnEmptyWord() {
    assertThat(Words.of("a b")).isEqualTo(2);
    assertThat(Words.of("a \n b")).isEqualTo(2);
    assertThat(Words.of("a b\n")).isEqualTo(3);
    assertThat(Words.of(" a")).isEqualTo(2);
    assertThat(Words.of("")).isEqualTo(1);
  }

  @Test
  void whiteSpaceIsPythons() {
    assertThat(Words.of("a\u00a0b\u2003c")).isEqualTo(3);
    assertThat(Words.of("a\u001cb")).isEqualTo(2);
    assertThat(Words.of("a\u200bb")).isEqualTo(1);
  }
}
