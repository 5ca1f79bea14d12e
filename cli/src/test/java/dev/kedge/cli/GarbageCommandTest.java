package dev.kedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.kedge.v1.CollectGarbageRequest;
import dev.kedge.v1.CollectedGarbage;
import dev.kedge.v1.CollectedGarbage.Amount;
import dev.kedge.v1.CollectedGarbage.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GarbageCommandTest extends CommandLineFixture {
  @BeforeEach
  void someGarbage() {
    gateway.garbage =
        CollectedGarbage.newBuilder()
            .addKinds(kind("stage", amount(1_234, 5_600_000), amount(2, 70_000), amount(0, 0)))
            .addKinds(kind("spoilt", amount(0, 0), amount(0, 0), amount(0, 0)))
            .setNext(Timestamp.newBuilder().setSeconds(1_800_000_000))
            .build();
  }

  @Test
  void itShowsWhatIsKeptAndWhatIsNotAndChangesNothing() {
    assertThat(kedge("gc")).as(err()).isZero();
    assertThat(out())
        .startsWith(
            """
                    KEPT   MB  NAMED BY NOTHING   MB  TO BE REMOVED   MB
            stage  1,234  5.6                 2  0.1              0  0.0

            The first of what nothing names may go at 2027-01-15\
            """)
        .endsWith("Nothing was changed: --remove does it.\n");
    CollectGarbageRequest asked = asked(CollectGarbageRequest.class);
    assertThat(asked.getRemove()).isFalse();
    assertThat(asked.getGracePeriod().getSeconds()).isEqualTo(7 * 86_400);
  }

  @Test
  void itRemovesWhenItIsTold() {
    gateway.garbage = gateway.garbage.toBuilder().setRemoving(true).clearNext().build();
    assertThat(kedge("gc", "--remove", "--grace", "2")).as(err()).isZero();
    assertThat(out()).contains("REMOVED").endsWith("named by a record.\n");
    CollectGarbageRequest asked = asked(CollectGarbageRequest.class);
    assertThat(asked.getRemove()).isTrue();
    assertThat(asked.getGracePeriod().getSeconds()).isEqualTo(2 * 86_400);
  }

  @Test
  void forProgramsItIsJson() {
    assertThat(kedge("gc", "--json")).isZero();
    assertThat(out()).contains("\"kinds\"", "\"bytes\": \"5600000\"");
  }

  private static Kind kind(String name, Amount kept, Amount waiting, Amount removed) {
    return Kind.newBuilder()
        .setKind(name)
        .setKept(kept)
        .setWaiting(waiting)
        .setRemoved(removed)
        .build();
  }

  private static Amount amount(long count, long bytes) {
    return Amount.newBuilder().setCount(count).setBytes(bytes).build();
  }
}
