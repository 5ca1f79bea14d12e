package dev.kedge.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PermitQueueTest {
  private final PermitQueue queue = new PermitQueue(Permits.NONE);

  @Test
  void whoAsksFirstHasOneFirst() {
    ask(2, "a", "b", "c", "d");
    assertThat(queue.grant()).containsExactly(permit("a"), permit("b"));
    assertThat(queue.grant()).isEmpty();
    queue.giveBack(permit("b"));
    ask(2, "e");
    assertThat(queue.grant()).containsExactly(permit("c"));
  }

  @Test
  void whoAsksAgainKeepsTheFirstPlace() {
    ask(1, "a", "b", "a", "c", "b");
    assertThat(queue.grant()).containsExactly(permit("a"));
    ask(1, "a");
    queue.giveBack(permit("a"));
    assertThat(queue.grant()).containsExactly(permit("b"));
    assertThat(queue.permits().waiting()).containsExactly(permit("c"));
  }

  @Test
  void whoLeavesTheQueueIsPassedOver() {
    ask(1, "a", "b", "c");
    queue.grant();
    queue.giveBack(permit("b"));
    queue.giveBack(permit("a"));
    assertThat(queue.grant()).containsExactly(permit("c"));
  }

  @Test
  void fewerPermitsTakeNoneAway() {
    ask(3, "a", "b", "c");
    queue.grant();
    ask(1, "d");
    queue.giveBack(List.of(permit("a"), permit("b")));
    assertThat(queue.grant()).isEmpty();
    queue.giveBack(permit("c"));
    assertThat(queue.grant()).containsExactly(permit("d"));
  }

  @Test
  void anotherQueueGoesOnFromTheSamePlace() {
    ask(1, "a", "b", "c");
    queue.grant();
    PermitQueue next = new PermitQueue(queue.permits());
    assertThat(next.grant()).isEmpty();
    next.giveBack(permit("a"));
    assertThat(next.grant()).containsExactly(permit("b"));
    next.giveBack(List.of(permit("b"), permit("c")));
    assertThat(next.isIdle()).isTrue();
  }

  private void ask(int limit, String... ids) {
    for (String id : ids) {
      queue.ask(permit(id), limit);
    }
  }

  private static Permit permit(String id) {
    return new Permit("workflow", "run", id);
  }
}
