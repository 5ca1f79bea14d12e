package dev.kedge.fisher;

import dev.kedge.contract.Parts;
import dev.kedge.data.SampleOrder;
import dev.kedge.data.text.PreparedText;
import dev.kedge.data.text.TextPart;
import dev.kedge.data.text.TextTemplate;
import dev.kedge.models.fisher.SingleTokens;
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
  private final Share share;

  private LanguageCalibration(LanguageSequences sequences, int[] drawn, FisherSpec spec) {
    this.sequences = sequences;
    this.drawn = drawn;
    this.share = Share.of(spec, drawn.length);
  }

  private static LanguageCalibration drawn(LanguageSequences all, FisherSpec spec) {
    int wanted = spec.getSamples();
    int size = wanted == 0 ? all.size() : Math.min(wanted, all.size());
    int[] drawn = new SampleOrder(all.size(), spec.getSeed()).slice(0, 0, size);
    if (spec.getText().getUnit() != FisherSpec.Text.Unit.TOKEN) {
      return new LanguageCalibration(all, drawn, spec);
    }
    SingleTokens tokens = new SingleTokens(all, drawn);
    return new LanguageCalibration(tokens, IntStream.range(0, tokens.size()).toArray(), spec);
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
    return drawn(sequences, spec);
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

  /** Number of samples of this share of the draw. */
  int size() {
    return share.size();
  }

  /** Number of scored tokens before this share. */
  long rowsBefore() {
    return Arrays.stream(drawn, 0, share.from())
        .mapToLong(number -> sequences.at(number).answer())
        .sum();
  }

  /** Tokens of the longest sample. */
  int longest() {
    return Arrays.stream(drawn, share.from(), share.to())
        .map(sequences::tokens)
        .max()
        .orElseThrow();
  }

  /** Some of the samples, by their place in the share. */
  TokenBatch batch(int from, int to) {
    return TokenBatch.of(
        IntStream.range(share.from() + from, Math.min(share.from() + to, share.to()))
            .mapToObj(place -> sequences.at(drawn[place]))
            .toList());
  }
}
