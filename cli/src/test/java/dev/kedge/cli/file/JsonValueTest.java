package dev.kedge.cli.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonValueTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "7 | 7",
        "1e-5 | 1e-5",
        "1e5 | 1e5",
        "-0.50 | -0.50",
        "007 | \"007\"",
        "+7 | \"+7\"",
        ".5 | \".5\"",
        "1e6000 | \"1e6000\"",
        "yes | \"yes\"",
        "true | true",
        "~ | null",
        "\"7\" | \"7\"",
        "{id: 007, lp: {}} | {\"id\":\"007\",\"lp\":{}}",
        "[0.1, a] | [0.1,\"a\"]",
      })
  void aValueIsJsonAndKeepsItsDigits(String yaml, String json) {
    assertThat(JsonValue.ofYaml("field", yaml)).isEqualTo(json);
  }
}
