package dev.kedge.evaluation;

import dev.kedge.data.text.TextRecord;
import dev.kedge.evaluation.instructions.Instructions;
import dev.kedge.models.language.Continuation;
import dev.kedge.models.language.Decoding;
import dev.kedge.models.language.LanguageTokenizer;
import dev.kedge.report.Measure;
import dev.kedge.report.WrittenPrediction;
import dev.kedge.report.WrittenPrediction.Followed;
import dev.kedge.stage.v1.EvaluateSpec;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lets a model write after prompts, and compares: as lm-evaluation-harness does it, what is written
 * ends before the first stop, and the two are compared blank for blank.
 */
final class Writing {
  /** Prompts that are written on at once. */
  private static final int TOGETHER = 16;

  private final TextSuite suite;
  private final EvaluateSpec.Suite.Language.Writing how;
  private final Likeness likeness;
  private final LanguageCandidate model;

  Writing(TextSuite suite, LanguageCandidate model) {
    this.suite = suite;
    this.how = suite.spec().getLanguage().getWriting();
    this.likeness = new Likeness(how.getIgnoreCase(), how.getIgnorePunctuation());
    this.model = model;
    if (how.getMostTokens() > model.context()) {
      throw new IllegalArgumentException(
          "%d tokens are to be written, and the model sees %d; ask for fewer"
              .formatted(how.getMostTokens(), model.context()));
    }
  }

  /**
   * What is written for some records, in their order.
   *
   * @param between called before each step of the work
   */
  List<WrittenPrediction> of(List<TextRecord> records, Runnable between) {
    List<long[]> prompts = records.stream().map(this::prompt).toList();
    WrittenPrediction[] written = new WrittenPrediction[records.size()];
    List<Integer> order =
        IntStream.range(0, prompts.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> prompts.get(i).length))
            .toList();
    for (int from = 0; from < order.size(); from += TOGETHER) {
      between.run();
      List<Integer> some = order.subList(from, Math.min(from + TOGETHER, order.size()));
      List<long[]> texts = written(some.stream().map(prompts::get).toList());
      for (int i = 0; i < some.size(); i++) {
        int place = some.get(i);
        written[place] = prediction(records.get(place), text(texts.get(i)));
      }
    }
    return List.of(written);
  }

  /** Whether a record can be asked about. */
  void check(TextRecord record) {
    suite.prompt(record);
    prediction(record, "anything");
  }

  /** What fits the context before what is written: the prompt's end. */
  private long[] prompt(TextRecord record) {
    LanguageTokenizer tokenizer = model.tokenizer();
    long[] ids = tokenizer.ids(suite.prompt(record));
    int most = model.context() - how.getMostTokens() + 1;
    if (ids.length == 0) {
      return new long[] {tokenizer.prefix()};
    }
    return Arrays.copyOfRange(ids, Math.max(0, ids.length - most), ids.length);
  }

  private List<long[]> written(List<long[]> prompts) {
    long end = model.tokenizer().end().orElse(-1);
    return model
        .scorer()
        .written(
            new Continuation(Decoding.greedy(), how.getMostTokens(), end, this::isStopped),
            prompts);
  }

  /** Whether what was written so far has a stop in it: what follows would be cut off. */
  private boolean isStopped(long[] ids) {
    if (how.getStopCount() == 0) {
      return false;
    }
    String text = model.tokenizer().text(ids);
    return how.getStopList().stream().anyMatch(text::contains);
  }

  private String text(long[] ids) {
    String text = model.tokenizer().text(ids);
    for (String stop : how.getStopList()) {
      int at = text.indexOf(stop);
      text = at < 0 ? text : text.substring(0, at);
    }
    return text;
  }

  private WrittenPrediction prediction(TextRecord record, String text) {
    return suite.measure() == Measure.INSTRUCTIONS_FOLLOWED
        ? instructed(record, text)
        : compared(record, text);
  }

  private WrittenPrediction compared(TextRecord record, String text) {
    String wanted = suite.wording().answer(record);
    return new WrittenPrediction(record.id(), text, wanted, likeness.of(text, wanted));
  }

  private static WrittenPrediction instructed(TextRecord record, String text) {
    Instructions instructions = Instructions.of(record);
    List<Followed> followed = instructions.followedBy(text);
    boolean all = followed.stream().allMatch(Followed::strictly);
    return new WrittenPrediction(record.id(), text, instructions.names(), all, followed);
  }
}
