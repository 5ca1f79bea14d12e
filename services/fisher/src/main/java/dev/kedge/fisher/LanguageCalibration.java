package dev.kedge.fisher;

import dev.kedge.contract.Parts;
import dev.kedge.data.SampleOrder;
import dev.kedge.data.text.PreparedText;
import dev.kedge.data.text.TextPart;
import dev.kedge.data.text.TextTemplate;
import dev.kedge.models.language.AnswerSequence;
import dev.kedge.models.language.AnswerTemplates;
import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageTokenizer;
import dev.kedge.models.language.TokenBatch;
import dev.kedge.models.train.LanguageBlocks;
import dev.kedge.models.train.LanguageRecords;
import dev.kedge.models.train.LanguageSequences;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.FisherSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The samples on which a language model's Fisher information is taken: a draw from records, of
 * which the answers are scored, or from plain text cut into pieces of one length.
 */
final class LanguageCalibration {
  private final LanguageSequences sequences;
  private final int[] drawn;

  private LanguageCalibration(LanguageSequences sequences, int wanted, long seed) {
    this.sequences = sequences;
    int size = wanted == 0 ? sequences.size() : Math.min(wanted, sequences.size());
    this.drawn = new SampleOrder(sequences.size(), seed).slice(0, 0, size);
  }

  /**
   * Opens the data and makes it into tokens.
   *
   * @throws IllegalArgumentException if it does not go with the model
   */
  static LanguageCalibration of(
      FisherSpec spec, LanguageConfig config, LanguageTokenizer tokenizer, StageContext context) {
    TextPart part =
        part(PreparedText.open(context.input(spec.getData().getDataset())), spec.getData());
    int length = length(spec.getText().getContextTokens(), config.decoder().context());
    TextTemplate answer = TextTemplate.parse(spec.getText().getAnswer());
    LanguageSequences sequences =
        spec.getText().getPrompt().isEmpty()
            ? LanguageBlocks.of(tokenizer, part.records().map(answer::of), length)
            : records(
                part,
                new AnswerTemplates(
                    tokenizer,
                    TextTemplate.parse(spec.getText().getPrompt()),
                    answer,
                    length,
                    true));
    return new LanguageCalibration(sequences, spec.getSamples(), spec.getSeed());
  }

  private static int length(int asked, int context) {
    if (asked > context) {
      throw new IllegalArgumentException(
          "samples of %d tokens do not fit the model's context of %d".formatted(asked, context));
    }
    return asked == 0 ? context : asked;
  }

  private static LanguageSequences records(TextPart part, AnswerTemplates templates) {
    List<AnswerSequence> sequences = part.records().map(templates::of).toList();
    return new LanguageRecords(part.records().map(record -> record.id()).toList(), sequences);
  }

  private static TextPart part(PreparedText text, DatasetPart spec) {
    return Parts.of(
        spec,
        () -> TextPart.all(text),
        (fraction, seed) -> TextPart.training(text, fraction, seed),
        (fraction, seed) -> TextPart.validation(text, fraction, seed));
  }

  /** Number of samples drawn. */
  int size() {
    return drawn.length;
  }

  /** Tokens of the longest sample. */
  int longest() {
    return Arrays.stream(drawn).map(sequences::tokens).max().orElse(1);
  }

  /** Some of the samples drawn, by their place in the draw. */
  TokenBatch batch(int from, int to) {
    return TokenBatch.of(
        IntStream.range(from, Math.min(to, drawn.length))
            .mapToObj(place -> sequences.at(drawn[place]))
            .toList());
  }
}
