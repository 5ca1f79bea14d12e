package dev.kedge.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventLogTest extends StoreContract {
  private EventLog log;

  @BeforeEach
  void openLog() {
    log = project.events(STAGE);
  }

  @Test
  void aReaderGoesOnWhereItStopped() {
    append(1, 0, 10);
    append(1, 1, 11);
    List<StageEvent> first = log.read(EventLog.BEGINNING, 10);
    append(1, 2, 12);
    assertThat(payloads(first)).containsExactly(10, 11);
    assertThat(payloads(log.read(first.get(1).cursor(), 10))).containsExactly(12);
  }

  @Test
  void aPageHoldsNoMoreThanAsked() {
    append(1, 0, 10);
    append(1, 1, 11);
    assertThat(payloads(log.read(EventLog.BEGINNING, 1))).containsExactly(10);
  }

  @Test
  void laterEpochsComeLaterAndSequencesAreOrderedByNumber() {
    append(2, 0, 20);
    append(1, 10, 12);
    append(1, 9, 11);
    assertThat(payloads(log.read(EventLog.BEGINNING, 10))).containsExactly(11, 12, 20);
  }

  @Test
  void anEventAddedTwiceIsThereOnce() {
    append(1, 0, 10);
    append(1, 0, 10);
    assertThat(payloads(log.read(EventLog.BEGINNING, 10))).containsExactly(10);
  }

  @Test
  void theEndIsReadInItsOrderHoweverLongTheLogIs() {
    assertThat(log.last(3)).isEmpty();
    for (int i = 0; i < 1_003; i++) {
      append(1, i, i);
    }
    append(2, 0, 2_000);
    assertThat(payloads(log.last(3))).containsExactly(1_001, 1_002, 2_000);
    assertThat(log.last(2_000)).hasSize(1_004);
  }

  private void append(long epoch, long sequence, int payload) {
    log.append(epoch, sequence, IntNode.valueOf(payload));
  }

  private static List<Integer> payloads(List<StageEvent> events) {
    return events.stream().map(event -> event.payload().intValue()).toList();
  }
}
