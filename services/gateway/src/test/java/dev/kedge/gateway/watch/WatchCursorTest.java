package dev.kedge.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kedge.gateway.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchCursorTest {
  private static final String KEY = "0123456789abcdef".repeat(4);

  @Test
  void aCursorIsReadAsItWasWritten() {
    WatchCursor cursor = WatchCursor.parse("");
    cursor.sees("17");
    cursor.advance(3, KEY, "0000000001-0000000005");
    cursor.advance(1999, KEY, "0000000002-0000000001");
    cursor.finish(0);
    cursor.finish(1000);

    WatchCursor read = WatchCursor.parse(cursor.toString());

    assertThat(read).hasToString(cursor.toString());
    assertThat(read.sees("17")).isFalse();
    assertThat(read.sees("18")).isTrue();
    assertThat(read.position(3, KEY)).isEqualTo("0000000001-0000000005");
    assertThat(read.isDone(1000)).isTrue();
    assertThat(read.isDone(999)).isFalse();
  }

  @Test
  void aStageWithAnotherKeyIsReadFromTheBeginning() {
    WatchCursor cursor = WatchCursor.parse("");
    cursor.advance(3, KEY, "0000000001-0000000005");

    assertThat(cursor.position(3, "f" + KEY)).isEmpty();
  }

  @Test
  void aFinishedStageKeepsNoPlaceAndCanBeReopened() {
    WatchCursor cursor = WatchCursor.parse("");
    cursor.advance(3, KEY, "0000000001-0000000005");
    cursor.finish(3);

    assertThat(cursor).hasToString("/CA/");
    cursor.reopen(3);
    assertThat(cursor.isDone(3)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1/AA/1:2", "1/!/", "1/A/", "1/AA/99999999999:a:b", "1/AA/1:a:b,"})
  void whatIsNoCursorIsRefused(String text) {
    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> WatchCursor.parse(text));
  }
}
