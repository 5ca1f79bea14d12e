package dev.kedge.training;

import dev.kedge.data.text.TextPart;
import dev.kedge.data.text.TextRecord;
import dev.kedge.data.text.TextTemplate;
import dev.kedge.models.language.AnswerSequence;
import dev.kedge.models.language.AnswerTemplates;
import dev.kedge.models.train.LanguageBlocks;
import dev.kedge.models.train.LanguageRecords;
import dev.kedge.models.train.LanguageSequences;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.Instruction;
import dev.kedge.stage.v1.LanguageModelling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes records into sequences of one model: as answers where a task has templates and the records
 * have their fields, else as plain text.
 *
 * @param templates the task's, where it has some
 * @param length most tokens that the model sees of a sequence
 */
record SequenceReader(
    StartingLanguageModel model,
    Optional<AnswerTemplates> templates,
    int length,
    StageContext context) {
  private static final TextTemplate PLAIN = TextTemplate.parse("{text}");

  static SequenceReader of(StartingLanguageModel model, Instruction task, StageContext context) {
    int length = model.sequenceLength(task.getContextTokens());
    AnswerTemplates templates =
        new AnswerTemplates(
            model.tokenizer(),
            TextTemplate.parse(task.getPrompt()),
            TextTemplate.parse(task.getAnswer()),
            length,
            true);
    return new SequenceReader(model, Optional.of(templates), length, context);
  }

  static SequenceReader of(
      StartingLanguageModel model, LanguageModelling task, StageContext context) {
    int length = model.sequenceLength(task.getBlockTokens());
    return new SequenceReader(model, Optional.empty(), length, context);
  }

  /** The plain texts of parts, one after the other. */
  static Stream<String> texts(List<TextPart> parts) {
    return parts.stream().flatMap(TextPart::records).map(PLAIN::of);
  }

  /**
   * The sequences of parts.
   *
   * @throws IllegalArgumentException if a token is none of the model's
   */
  LanguageSequences read(List<TextPart> parts) {
    LanguageSequences sequences =
        templates.isPresent() && parts.stream().allMatch(this::hasFields)
            ? answers(parts, templates.get())
            : LanguageBlocks.of(model.tokenizer(), texts(parts), length);
    requireKnown(sequences);
    return sequences;
  }

  /** Records that are no plain texts either are read as answers, to be told what they lack. */
  private boolean hasFields(TextPart part) {
    Set<String> needed = new HashSet<>(templates.orElseThrow().prompt().fields());
    needed.addAll(templates.orElseThrow().answer().fields());
    List<String> fields = part.text().manifest().fields();
    return fields.containsAll(needed) || !fields.containsAll(PLAIN.fields());
  }

  private LanguageSequences answers(List<TextPart> parts, AnswerTemplates made) {
    int total = parts.stream().mapToInt(TextPart::size).sum();
    DistinctNames distinct = new DistinctNames();
    List<String> names = new ArrayList<>();
    List<AnswerSequence> sequences = new ArrayList<>();
    for (TextPart part : parts) {
      for (int i = 0; i < part.size(); i++) {
        context.checkStopping();
        TextRecord record = part.record(i);
        names.add(distinct.of(record.id()));
        sequences.add(made.of(record));
        context.progress(names.size(), total, "records", Map.of());
      }
    }
    return new LanguageRecords(names, sequences);
  }

  private void requireKnown(LanguageSequences sequences) {
    int vocabulary = model.config().decoder().vocabulary();
    for (int i = 0; i < sequences.size(); i++) {
      for (long id : sequences.at(i).ids()) {
        if (id < 0 || id >= vocabulary) {
          throw new IllegalArgumentException(
              "%s: the tokenizer gives id %d, but the model has %d tokens: give the model's own tokenizer"
                  .formatted(sequences.name(i), id, vocabulary));
        }
      }
    }
  }
}
