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

class FaultInjectorTest {
  private static final int FAULTS = 12;

  private final FaultSchedule schedule =
      new FaultSchedule(
          1, EnumSet.of(Fault.Kind.KILL, Fault.Kind.SPOIL_COPY), Duration.ofMillis(5));

  @Test
  void onlyWhatWasDoneIsCounted(@TempDir Path folder) {
    List<Fault> tried = new ArrayList<>();
    FaultInjector injector =
        injector(
            (fault, project) -> {
              tried.add(fault);
              return fault.kind() == Fault.Kind.KILL ? Optional.of("over") : Optional.empty();
            },
            folder);

    injector.run();

    assertThat(tried).extracting(Fault::kind).contains(Fault.Kind.SPOIL_COPY);
    assertThat(injector.done()).containsOnlyKeys(Fault.Kind.KILL).containsValue(FAULTS);
    assertThat(injector.isComplete()).isTrue();
  }

  @Test
  void aFaultThatBreaksTheHarnessEndsIt(@TempDir Path folder) {
    FaultInjector injector =
        injector(
            (fault, project) -> {
              throw new IllegalStateException("it does not come up again");
            },
            folder);

    injector.run();

    assertThat(injector.isOver()).isTrue();
    assertThat(injector.isComplete()).isFalse();
    assertThat(injector.done()).isEmpty();
  }

  private FaultInjector injector(FaultInjector.Injection injection, Path folder) {
    return new FaultInjector(schedule, FAULTS, injection, new SoakLog(folder.resolve("log")));
  }
}
