package dev.kedge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeatherTest {
  private static final int FAULTS = 12;

  private final Storm storm =
      new Storm(1, EnumSet.of(Fault.Kind.KILL, Fault.Kind.SPOIL_COPY), Duration.ofMillis(5));

  @Test
  void onlyWhatWasDoneIsCounted(@TempDir Path folder) {
    List<Fault> tried = new ArrayList<>();
    Weather weather =
        weather(
            (fault, project) -> {
              tried.add(fault);
              return fault.kind() == Fault.Kind.KILL ? Optional.of("over") : Optional.empty();
            },
            folder);

    weather.run();

    assertThat(tried).extracting(Fault::kind).contains(Fault.Kind.SPOIL_COPY);
    assertThat(weather.done()).containsOnlyKeys(Fault.Kind.KILL).containsValue(FAULTS);
    assertThat(weather.isComplete()).isTrue();
  }

  @Test
  void aFaultThatBreaksTheHarnessEndsIt(@TempDir Path folder) {
    Weather weather =
        weather(
            (fault, project) -> {
              throw new IllegalStateException("it does not come up again");
            },
            folder);

    weather.run();

    assertThat(weather.isOver()).isTrue();
    assertThat(weather.isComplete()).isFalse();
    assertThat(weather.done()).isEmpty();
  }

  private Weather weather(Weather.Hand hand, Path folder) {
    return new Weather(storm, FAULTS, hand, new SoakLog(folder.resolve("log")));
  }
}
