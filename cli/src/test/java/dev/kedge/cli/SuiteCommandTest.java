package dev.kedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuiteCommandTest extends CommandLineFixture {
  @Test
  void suitesAreListedWithWhatTheyAreAbout() {
    assertThat(kedge("suite", "list")).isZero();
    assertThat(out().lines().toList())
        .hasSize(25)
        .anySatisfy(line -> assertThat(line).startsWith("piqa").contains("PIQA (Bisk"));
    assertThat(kedge("suite", "list", "--json")).isZero();
    assertThat(out()).contains("\"name\": \"arc-easy\"");
  }

  @Test
  void aSuiteIsShownAsAFileToCopy() {
    assertThat(kedge("suite", "show", "medmcqa")).isZero();
    assertThat(out()).startsWith("about: \"MedMCQA").contains("label: \"{cop}\"");
    assertThat(kedge("suite", "show", "nothing")).isNotZero();
    assertThat(err()).contains("there is no suite `nothing`");
  }
}
