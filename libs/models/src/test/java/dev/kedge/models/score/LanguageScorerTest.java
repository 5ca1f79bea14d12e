package dev.kedge.models.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.data.text.TextRecord;
import dev.kedge.data.text.TextTemplate;
import dev.kedge.models.Golden;
import dev.kedge.models.language.AnswerSequence;
import dev.kedge.models.language.AnswerTemplates;
import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageFolder;
import dev.kedge.models.language.LanguageTokenizer;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.tensors.Checkpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Against lm_eval 0.4.13: log-likelihoods of choices, and rolling ones of texts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LanguageScorerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Golden golden = Golden.of(LanguageScorerTest.class, "language");
  private JsonNode expected;
  private LanguageTokenizer tokenizer;
  private LanguageScorer scorer;

  @BeforeAll
  void load() throws IOException {
    ComputeThreads.use(2);
    expected = golden.json("expected.json");
    tokenizer = LanguageTokenizer.open(golden.folder());
    LanguageConfig config = LanguageFolder.check(golden.folder());
    try (Checkpoint weights = Checkpoint.open(golden.folder())) {
      scorer = new LanguageScorer(config, LanguageFolder.named(config, weights));
    }
  }

  @AfterAll
  void close() {
    scorer.close();
    tokenizer.close();
  }

  private List<ObjectNode> lines(String file) throws IOException {
    List<ObjectNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(golden.folder().resolve(file))) {
      lines.add((ObjectNode) JSON.readTree(line));
    }
    return lines;
  }

  @Test
  void choicesAreTokenisedAndScoredAsLmEvalDoes() throws IOException {
    AnswerTemplates templates =
        new AnswerTemplates(
            tokenizer,
            TextTemplate.parse("Question: {question}\nAnswer:"),
            TextTemplate.parse(" {choices[gold]}"),
            expected.path("max_length").asInt(),
            false);
    TextTemplate choices = TextTemplate.parse(" {choices[*]}");
    List<AnswerSequence> sequences = new ArrayList<>();
    List<List<AnswerSequence>> questions = new ArrayList<>();
    List<Double> wanted = new ArrayList<>();
    for (ObjectNode line : lines("multiple_choice.jsonl")) {
      TextRecord record = new TextRecord(line.path("id").asText(), line);
      JsonNode item = expected.path("items").get(line.path("id").asInt());
      List<String> texts = choices.each(record);
      List<AnswerSequence> question = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        AnswerSequence sequence = templates.of(record, texts.get(i));
        long[] whole = joined(item.path("context_and_continuation_ids").get(i));
        assertThat(whole).as("what fits the context").endsWith(sequence.ids());
        question.add(sequence);
        wanted.add(-item.path("loglikelihoods").get(i).asDouble());
      }
      questions.add(question);
      sequences.addAll(question);
    }
    assertEqual("choices", scorer.nats(sequences), wanted);
    assertEqual(
        "choices behind shared prompts", scorer.natsOfQuestions(questions, () -> {}), wanted);
  }

  private static long[] joined(JsonNode contextAndContinuation) {
    return Golden.rows(contextAndContinuation).stream().flatMapToLong(Arrays::stream).toArray();
  }

  @Test
  void textsAreCutIntoLmEvalsWindows() throws IOException {
    RollingWindows rolling =
        new RollingWindows(tokenizer.begin().orElseThrow(), expected.path("max_length").asInt());
    assertThat(rolling.prefix()).isEqualTo(expected.path("prefix_token_id").asLong());
    double[] nats = new double[expected.path("docs").size()];
    List<Double> wanted = new ArrayList<>();
    double bytes = 0;
    for (ObjectNode line : lines("rolling.jsonl")) {
      JsonNode document = expected.path("docs").get(line.path("id").asInt());
      String text = line.path("text").asText();
      List<AnswerSequence> windows = rolling.of(tokenizer.ids(text));
      assertThat(windows.stream().map(AnswerSequence::ids).toList())
          .usingRecursiveComparison()
          .isEqualTo(windows(document));
      nats[wanted.size()] = Arrays.stream(scorer.nats(windows)).sum();
      wanted.add(-document.path("loglikelihood").asDouble());
      bytes += text.getBytes(StandardCharsets.UTF_8).length;
    }
    assertEqual("texts", nats, wanted);
    double bits = Arrays.stream(nats).sum() / Math.log(2) / bytes;
    assertThat(bits).isCloseTo(expected.path("bits_per_byte").asDouble(), within(1e-5 * bits));
  }

  private static List<long[]> windows(JsonNode document) {
    List<long[]> windows = new ArrayList<>();
    document.path("window_ids").forEach(window -> windows.add(joined(window)));
    return windows;
  }

  private static void assertEqual(String what, double[] nats, List<Double> wanted) {
    double worst = 0;
    for (int i = 0; i < nats.length; i++) {
      worst = Math.max(worst, Math.abs(nats[i] - wanted.get(i)));
    }
    System.out.printf("largest error of %d %s: %.2g nats%n", nats.length, what, worst);
    assertThat(worst).isLessThan(1e-3);
    assertThat(nats).hasSameSizeAs(wanted.toArray());
  }
}
