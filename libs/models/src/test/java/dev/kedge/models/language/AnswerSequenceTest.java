package dev.kedge.models.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.models.torch.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerSequenceTest {
  @Test
  void aPromptThatIsTooLongIsCutOnTheLeft() {
    AnswerSequence sequence = AnswerSequence.of("a", new long[] {1, 2, 3, 4}, new long[] {7, 8}, 4);

    assertThat(sequence.ids()).containsExactly(2, 3, 4, 7, 8);
    assertThat(sequence.inputs()).isEqualTo(4);
  }

  @Test
  void anAnswerLongerThanTheContextIsAnErrorThatNamesTheRecord() {
    assertThatThrownBy(
            () -> AnswerSequence.of("pubmed-17", new long[] {1}, new long[] {5, 6, 7}, 2))
        .hasMessageContaining("record pubmed-17: its answer of 3 tokens is longer")
        .hasMessageContaining("context of 2");
  }

  @Test
  void emptyPromptsAndAnswersAreRefused() {
    assertThatThrownBy(() -> AnswerSequence.of("a", new long[0], new long[] {1}, 9))
        .hasMessageContaining("record a: prompt and answer need a token each");
    assertThatThrownBy(() -> AnswerSequence.of("b", new long[] {1}, new long[0], 9))
        .hasMessageContaining("record b");
  }

  @Test
  void aBatchIsPaddedOnTheRightAndScoresTheAnswersInOrder() {
    TokenBatch batch =
        TokenBatch.of(
            List.of(
                new AnswerSequence(new long[] {1, 2, 3, 4, 5}, 2),
                new AnswerSequence(new long[] {6, 7, 8}, 1)));
    try (Scope scope = Scope.plain()) {
      assertThat(batch.ids(scope).longs()).containsExactly(1, 2, 3, 4, 6, 7, 0, 0);
      assertThat(batch.rows(scope).longs()).containsExactly(2, 3, 5);
      assertThat(batch.targets(scope).longs()).containsExactly(4, 5, 8);
    }
    assertThat(batch.answers()).containsExactly(2, 1);
    assertThat(batch.scored()).isEqualTo(3);
  }

  @Test
  void idsOutsideTheVocabularyAreRefusedBeforeTheyReachATable() {
    TokenBatch batch = TokenBatch.of(List.of(new AnswerSequence(new long[] {1, 99}, 1)));

    assertThatThrownBy(() -> batch.requireKnown(50))
        .hasMessageContaining("token id 99 is outside the vocabulary of 50");
  }
}
