package dev.kedge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultScheduleTest {
  @Test
  void theSameSeedDrawsTheSameFaultsAndAnotherOneOthers() {
    assertThat(faults(7)).isEqualTo(faults(7)).isNotEqualTo(faults(8));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sixtyFaultsHaveEveryKindAndLastLongerThanALeaseWhereItMatters(long seed) {
    List<Fault> faults = faults(seed);

    assertThat(faults).extracting(Fault::kind).contains(Fault.Kind.values());
    assertThat(faults)
        .filteredOn(fault -> fault.kind() == Fault.Kind.FREEZE)
        .allMatch(fault -> fault.lasting().compareTo(Cluster.LEASE) > 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sixtyFaultsEndEveryProcess(long seed) {
    assertThat(faults(seed))
        .filteredOn(fault -> fault.kind() == Fault.Kind.END)
        .flatExtracting(Fault::targets)
        .containsAll(Cluster.KEDGES)
        .containsAll(Cluster.SERVERS);
  }

  private static List<Fault> faults(long seed) {
    FaultSchedule schedule =
        new FaultSchedule(seed, EnumSet.allOf(Fault.Kind.class), Duration.ofSeconds(10));
    return Stream.generate(schedule::next).limit(60).toList();
  }
}
