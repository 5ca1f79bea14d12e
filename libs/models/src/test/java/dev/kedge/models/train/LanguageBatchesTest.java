package dev.kedge.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.data.SampleOrder;
import dev.kedge.models.images.EpochPlan;
import dev.kedge.models.language.AnswerSequence;
import dev.kedge.models.language.LanguageTokenizer;
import dev.kedge.models.language.TokenVocabulary;
import dev.kedge.models.torch.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageBatchesTest {
  private static final int RECORDS = 203;

  @TempDir private Path folder;

  /** Records of 2 to 41 tokens. */
  private static LanguageRecords records() {
    List<String> names = new ArrayList<>();
    List<AnswerSequence> sequences = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      names.add("r" + i);
      sequences.add(new AnswerSequence(new long[2 + i * 7 % 40], 1));
    }
    return new LanguageRecords(names, sequences);
  }

  private static LanguageBatches bucketed(long seed) {
    EpochPlan plan = new EpochPlan(new SampleOrder(RECORDS, seed), 8);
    return LanguageBatches.bucketed(records(), plan, 8, seed);
  }

  private static List<String> names(LanguageBatches batches, int step) {
    try (Scope scope = Scope.plain()) {
      return batches.at(scope, step).stream().flatMap(part -> part.names().stream()).toList();
    }
  }

  @Test
  void anEpochSeesEveryRecordOnceAndTheNextInAnotherOrder() {
    int steps = 26;
    List<String> first =
        IntStream.range(0, steps)
            .boxed()
            .flatMap(step -> names(bucketed(1), step).stream())
            .toList();
    List<String> second =
        IntStream.range(steps, 2 * steps)
            .boxed()
            .flatMap(step -> names(bucketed(1), step).stream())
            .toList();

    assertThat(first).hasSize(RECORDS).doesNotHaveDuplicates();
    assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
  }

  @Test
  void longSequencesAreLookedAtFewAtOnce() {
    List<AnswerSequence> sequences = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sequences.add(new AnswerSequence(new long[1501], 1));
    }
    sequences.add(new AnswerSequence(new long[2], 1));
    List<String> names = List.of("a", "b", "c", "d", "e", "short");
    LanguageViews views = new LanguageViews(new LanguageRecords(names, sequences));
    try (Scope scope = Scope.plain()) {
      assertThat(IntStream.range(0, views.chunks()).boxed())
          .extracting(chunk -> views.at(scope, chunk).names())
          .containsExactly(List.of("short", "a"), List.of("b", "c"), List.of("d", "e"));
    }
    assertThat(new LanguageViews(records()).chunks()).isEqualTo((RECORDS + 15) / 16);
  }

  @Test
  void whatAStepSeesIsAFunctionOfSeedAndStep() {
    assertThat(names(bucketed(1), 17)).isEqualTo(names(bucketed(1), 17));
    assertThat(names(bucketed(2), 17)).isNotEqualTo(names(bucketed(1), 17));
  }

  @Test
  void sequencesOfLikeLengthsComeTogether() {
    EpochPlan plan = new EpochPlan(new SampleOrder(RECORDS, 1), 8);
    LanguageBatches plain = new LanguageBatches(records(), plan, 8, 1);

    assertThat(padded(bucketed(1))).isLessThan(padded(plain) / 4);
  }

  private static int padded(LanguageBatches batches) {
    int padded = 0;
    LanguageRecords records = records();
    for (int step = 0; step < 26; step++) {
      List<Integer> lengths =
          names(batches, step).stream()
              .map(name -> records.tokens(Integer.parseInt(name.substring(1))))
              .toList();
      int longest = lengths.stream().max(Comparator.naturalOrder()).orElseThrow();
      padded += lengths.stream().mapToInt(length -> longest - length).sum();
    }
    return padded;
  }

  @Test
  void microBatchesShareAStepsRecords() {
    EpochPlan plan = new EpochPlan(new SampleOrder(RECORDS, 1), 8);
    try (Scope scope = Scope.plain()) {
      List<LanguageBatch> parts = new LanguageBatches(records(), plan, 3, 1).at(scope, 0);

      assertThat(parts.stream().map(LanguageBatch::weight)).containsExactly(3, 3, 2);
      assertThat(parts.get(0).samples().get(0).rows()).isEqualTo(1);
    }
  }

  @Test
  void blocksCoverEveryTokenButTheFirstOnce() {
    TokenVocabulary.of(Stream.of("abc abc"), 262).writeTo(folder, 16);
    try (LanguageTokenizer tokenizer = LanguageTokenizer.open(folder)) {
      LanguageBlocks blocks = LanguageBlocks.of(tokenizer, Stream.of("0123456789", "abcdefgh"), 4);
      List<Long> learnt = new ArrayList<>();
      for (int i = 0; i < blocks.size(); i++) {
        AnswerSequence block = blocks.at(i);
        long[] ids = block.ids();
        assertThat(ids).hasSize(blocks.tokens(i) + 1);
        for (int j = ids.length - block.answer(); j < ids.length; j++) {
          learnt.add(ids[j]);
        }
      }
      List<Long> all = new ArrayList<>();
      for (String text : List.of("0123456789", "abcdefgh")) {
        for (long id : tokenizer.ids(text)) {
          all.add(id);
        }
        all.add((long) TokenVocabulary.END);
      }
      assertThat(learnt).isEqualTo(all.subList(1, all.size()));
    }
  }

  @Test
  void aTextOfOneTokenIsRefused() {
    TokenVocabulary.of(Stream.of("abc abc"), 262).writeTo(folder, 16);
    try (LanguageTokenizer tokenizer = LanguageTokenizer.open(folder)) {
      assertThatThrownBy(() -> LanguageBlocks.of(tokenizer, Stream.of(), 4))
          .hasMessageContaining("plain text of 0 tokens teaches nothing");
    }
  }
}
