package dev.kedge.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLimitsTest {
  private static final String NO_NUMBER = "is no number that can be read: write it with at most";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e600000000",
        "[1, 1E+600000000]",
        "\"1e600000000\"",
        "'1e600000000'",
        "0.1e0001",
        "\"1e\uff16\uff10\uff10\uff10\uff10\uff10\"",
        "\"\\u0031e600000000\"",
        "{\"1e600000000\": 1}",
        "{\"a\": [{\"b\": -1e-99999}]}",
        "1, \"seeds\": [1e600000000]",
        "1 // 2\n , 'seeds' = 1e600000000",
      })
  void aNumberThatIsWrittenOutForMinutesIsRefusedWhereverItStands(String json) {
    assertThatThrownBy(() -> JsonLimits.check("{\"field\": %s}".formatted(json)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(NO_NUMBER);
  }

  @Test
  void aNumberOfManyDigitsIsRefused() {
    assertThatThrownBy(() -> JsonLimits.check("7".repeat(101))).hasMessageContaining(NO_NUMBER);
  }

  @Test
  void valuesOfAnExperimentPass() {
    String value =
        "[1e-5, 1e308, -0.5, \"1e5\", null, true, {\"a\": \"sha256:%s\"}, \"%s\"]"
            .formatted("1e5000".repeat(10), "text ".repeat(1000));

    assertThatCode(() -> JsonLimits.check(value)).doesNotThrowAnyException();
  }

  @Test
  void whatIsNoJsonIsForTheParser() {
    for (String wrong : new String[] {"", "[", "}", "[[[", "{\"a\": ]", "\"open", "\\", "1 2"}) {
      assertThatCode(() -> JsonLimits.check(wrong)).doesNotThrowAnyException();
    }
  }

  @Test
  void deepAndLongValuesAreRefused() {
    for (String deep : new String[] {"[".repeat(20_000), "{\"a\":".repeat(20_000)}) {
      assertThatThrownBy(() -> JsonLimits.check(deep)).hasMessageContaining("more than 50 deep");
    }
    assertThatThrownBy(() -> JsonLimits.check("\"" + "x".repeat(1_000_000)))
        .hasMessageContaining("1000001 characters, and 1000000 are the most");
  }

  /** In a thread of its own, which a test run need not wait for. */
  @Test
  void changesOfFilesAndOfStagesAreLimited() throws InterruptedException {
    String huge = "\"1e600000000\"";
    var file = new AtomicReference<String>();
    var stage = new AtomicReference<String>();
    Thread reading =
        new Thread(
            () -> {
              file.set(
                  ChangedFile.of(Files.parse(Files.SMALL), Map.of("training.seeds", huge))
                      .problems()
                      .toString());
              try {
                SpecChanges.apply(
                    PlannerTest.plan(Files.SMALL).stage("train-l2-lambda0.1-seed0").spec(),
                    Map.of("optimisation.seed", huge));
              } catch (IllegalArgumentException refused) {
                stage.set(refused.getMessage());
              }
            });
    reading.setDaemon(true);
    reading.start();
    reading.join(20_000);

    assertThat(file.get()).contains("training.seeds", NO_NUMBER);
    assertThat(stage.get()).startsWith("optimisation.seed: `1e600000000` is no number");
  }
}
