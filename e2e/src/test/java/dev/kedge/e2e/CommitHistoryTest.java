package dev.kedge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.e2e.CommitHistory.Version;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommitHistoryTest {
  private static final String KEY = "projects/p/stages/5/result.json";
  private static final Version WRITTEN = new Version(KEY, false);
  private static final Version REMOVED = new Version(KEY, true);

  private final Damage damage = new Damage();

  @Test
  void aResultThatWasWrittenOnceIsCommittedOnce() {
    assertThat(wrong(WRITTEN)).isEmpty();
  }

  @Test
  void aResultThatWasWrittenTwiceIsCommittedTwice() {
    assertThat(wrong(WRITTEN, WRITTEN)).singleElement().asString().contains("was written 2 times");
  }

  @Test
  void aResultThatSomebodyDeletedIsMissed() {
    assertThat(wrong(WRITTEN, REMOVED)).singleElement().asString().contains("was deleted 1 times");
  }

  @Test
  void aResultThatWasDeletedByUsIsMadeAgainOnce() {
    hurt(Fault.Kind.DROP_RESULT);

    assertThat(wrong(WRITTEN, REMOVED, WRITTEN)).isEmpty();
    assertThat(wrong(WRITTEN, REMOVED)).isNotEmpty();
    assertThat(wrong(WRITTEN, REMOVED, WRITTEN, WRITTEN)).isNotEmpty();
  }

  @Test
  void aResultThatWasSpoiltByUsIsMadeAgainOnce() {
    hurt(Fault.Kind.SPOIL_RESULT);

    assertThat(wrong(WRITTEN, WRITTEN, WRITTEN)).isEmpty();
    assertThat(wrong(WRITTEN, WRITTEN)).isNotEmpty();
    assertThat(wrong(WRITTEN, WRITTEN, WRITTEN, WRITTEN)).isNotEmpty();
  }

  private void hurt(Fault.Kind kind) {
    damage.done(new Damage.Done(kind, "p", KEY, "sha256:1", Set.of("5")));
  }

  private List<String> wrong(Version... versions) {
    return CommitHistory.wrong(List.of(versions), damage);
  }
}
