package dev.kedge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StormTest {
  @Test
  void theSameSeedDrawsTheSameFaultsAndAnotherOneOthers() {
    assertThat(faults(7)).isEqualTo(faults(7)).isNotEqualTo(faults(8));
  }

  @Test
  void sixtyFaultsHaveEveryKindAndLastLongerThanALeaseWhereItMatters() {
    List<Fault> faults = faults(1);

    assertThat(faults).extracting(Fault::kind).contains(Fault.Kind.values());
    assertThat(faults)
        .filteredOn(fault -> fault.kind() == Fault.Kind.FREEZE)
        .allMatch(fault -> fault.lasting().compareTo(Cluster.LEASE) > 0);
  }

  private static List<Fault> faults(long seed) {
    Storm storm = new Storm(seed, EnumSet.allOf(Fault.Kind.class));
    return Stream.generate(storm::next).limit(60).toList();
  }
}
