package dev.kedge.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.1, 0.1",
    "1, 1",
    "10, 10",
    "1e-5, 1e-5",
    "3.5e-6, 3.5e-6",
    "1e7, 1e7",
    "-2, -2",
    "0.001, 0.001",
    "1000, 1000",
    "NaN, NaN"
  })
  void aNumberIsShort(double value, String text) {
    assertThat(Numbers.text(value)).isEqualTo(text);
  }
}
