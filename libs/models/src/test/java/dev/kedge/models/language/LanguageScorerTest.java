package dev.kedge.models.language;

import static dev.kedge.models.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.models.Golden;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.GoldenLanguageRun;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scores against those of lm-evaluation-harness 0.4.13. */
class LanguageScorerTest {
  private static final double ATOL = 1e-3;

  private final Golden golden = Golden.of(getClass(), "scores");
  private final Golden base = Golden.of(GoldenLanguageRun.class, "lm/base");
  private JsonNode expected;
  private LanguageTokenizer tokenizer;
  private LanguageScorer scorer;

  @BeforeEach
  void load() throws IOException {
    ComputeThreads.use(1);
    expected = golden.json("expected.json");
    tokenizer = LanguageTokenizer.open(base.folder());
    scorer =
        new LanguageScorer(
            LanguageFolder.check(base.folder()),
            base.tensors("model.safetensors"),
            tokenizer,
            expected.get("max_length").asInt());
  }

  @AfterEach
  void free() {
    scorer.close();
    tokenizer.close();
  }

  private List<JsonNode> lines(String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(golden.folder().resolve(file))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static List<PromptedText> prompted(JsonNode question) {
    String prompt = "Question: " + question.get("question").asText() + "\nAnswer:";
    return texts(question.get("choices")).stream()
        .map(choice -> new PromptedText(question.get("id").asText(), prompt, " " + choice))
        .toList();
  }

  @Test
  void choicesHaveTheLikelihoodsOfTheHarnessAndTheSameAnswerIsChosen() throws IOException {
    List<JsonNode> questions = lines("multiple_choice.jsonl");
    for (int i = 0; i < questions.size(); i++) {
      JsonNode wanted = expected.get("items").get(i);
      List<String> answers = texts(questions.get(i).get("choices"));
      List<TextScore> scores = scorer.answers(prompted(questions.get(i)));

      assertClose("question " + i, likelihoods(scores), floats(wanted.get("loglikelihoods")), ATOL);
      Choices choices = new Choices(answers, scores);
      assertThat(choices.likeliest()).isEqualTo(wanted.get("pred").asInt());
      assertThat(choices.likeliestByCharacter()).isEqualTo(wanted.get("pred_norm").asInt());
    }
  }

  @Test
  void manyTextsAtOnceHaveTheScoresTheyHaveAlone() throws IOException {
    List<PromptedText> all = new ArrayList<>();
    List<Float> wanted = new ArrayList<>();
    for (JsonNode question : lines("multiple_choice.jsonl")) {
      all.addAll(prompted(question));
    }
    expected
        .get("lm_eval_loglikelihoods")
        .forEach(item -> item.forEach(value -> wanted.add(value.floatValue())));
    float[] values = new float[wanted.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = wanted.get(i);
    }
    assertClose("all choices", likelihoods(scorer.answers(all)), values, ATOL);
  }

  private static float[] likelihoods(List<TextScore> scores) {
    float[] values = new float[scores.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) -scores.get(i).nats();
    }
    return values;
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).floatValue();
    }
    return values;
  }

  @Test
  void theTokensScoredAreThoseOfTheHarness() throws IOException {
    ScoredTokens cut = new ScoredTokens(tokenizer, 200);
    List<JsonNode> questions = lines("multiple_choice.jsonl");
    for (int i = 0; i < questions.size(); i++) {
      JsonNode pairs = expected.get("items").get(i).get("context_and_continuation_ids");
      List<PromptedText> texts = prompted(questions.get(i));
      for (int j = 0; j < texts.size(); j++) {
        AnswerSequence sequence = cut.of(texts.get(j));
        List<long[]> both = Golden.rows(pairs.get(j));
        assertThat(sequence.answer()).isEqualTo(both.get(1).length);
        assertThat(sequence.ids())
            .hasSize(both.get(0).length + both.get(1).length)
            .endsWith(both.get(1));
      }
    }
  }

  @Test
  void wholeTextsHaveTheWindowsAndScoresOfTheHarness() throws IOException {
    List<JsonNode> documents = lines("rolling.jsonl");
    ScoredTokens cut = new ScoredTokens(tokenizer, 64);
    double nats = 0;
    long bytes = 0;
    for (int i = 0; i < documents.size(); i++) {
      String text = documents.get(i).get("text").asText();
      JsonNode wanted = expected.get("rolling").get("docs").get(i);
      List<AnswerSequence> windows = cut.rolling(text);
      for (int w = 0; w < windows.size(); w++) {
        AnswerSequence window = windows.get(w);
        assertThat(window.ids().length - window.answer())
            .isEqualTo(wanted.get("windows").get(w).get(0).asInt());
        assertThat(window.answer()).isEqualTo(wanted.get("windows").get(w).get(1).asInt());
      }
      TextScore score = scorer.rolling(text);
      assertThat(-score.nats()).isEqualTo(wanted.get("loglikelihood").asDouble(), within(ATOL));
      assertThat(score.bytes()).isEqualTo(wanted.get("bytes").asInt());
      assertThat(score.tokens()).isEqualTo(wanted.get("tokens").asInt());
      nats += score.nats();
      bytes += score.bytes();
    }
    double wanted =
        expected.get("lm_eval_results").get("roll").get("bits_per_byte,none").asDouble();
    double found = new TextScore(nats, 1, Math.toIntExact(bytes)).bitsPerByte();
    assertThat(found).isEqualTo(wanted, within(1e-5 * wanted));
  }

  @Test
  void greedyTextIsThatOfTheHarness() throws IOException {
    try (Scope scope = Scope.plain()) {
      LanguageConfig config = LanguageFolder.check(base.folder());
      Weights weights = LanguageWeights.read(scope, config, base.tensors("model.safetensors"));
      List<long[]> prompts =
          lines("generation.jsonl").stream()
              .map(item -> tokenizer.ids(item.get("prompt").asText()))
              .toList();
      int most = expected.get("generation").get("max_gen_toks").asInt();
      List<long[]> written =
          new Continuation(Decoding.greedy(), most, tokenizer.end().orElseThrow())
              .of(new LanguageModel(config), weights, prompts);
      for (int i = 0; i < prompts.size(); i++) {
        JsonNode item = expected.get("generation").get("items").get(i);
        assertThat(tokenizer.text(written.get(i)).split("[\n.]", 2)[0])
            .isEqualTo(item.get("greedy").asText());
      }
    }
  }

  @Test
  void blanksAtThePromptsEndBelongToTheAnswer() {
    ScoredTokens cut = new ScoredTokens(tokenizer, 64);
    AnswerSequence parted = cut.of(new PromptedText("a", "The small", " river"));
    AnswerSequence blank = cut.of(new PromptedText("a", "The small ", "river"));

    assertThat(blank.ids()).isEqualTo(parted.ids());
    assertThat(blank.answer()).isEqualTo(parted.answer());
  }

  @Test
  void anAnswerWithoutAPromptIsPredictedFromTheBeginToken() {
    AnswerSequence sequence =
        new ScoredTokens(tokenizer, 64).of(new PromptedText("a", "", "river"));

    assertThat(sequence.ids()[0]).isEqualTo(tokenizer.begin().orElseThrow());
    assertThat(sequence.answer()).isEqualTo(sequence.ids().length - 1);
  }

  @Test
  void anAnswerThatDoesNotFitTheContextIsAnErrorThatNamesTheRecord() {
    PromptedText endless = new PromptedText("item-9", "Question:", " the planet".repeat(90));

    assertThatThrownBy(() -> scorer.answers(List.of(endless)))
        .hasMessageContaining("record item-9: its answer of")
        .hasMessageContaining("longer than the context of 64");
  }

  @Test
  void aContextBeyondTheModelsIsRefused() {
    assertThatThrownBy(
            () ->
                new LanguageScorer(
                    LanguageFolder.check(base.folder()),
                    base.tensors("model.safetensors"),
                    tokenizer,
                    97))
        .hasMessageContaining("context_tokens must be from 1 to the model's 96, not 97");
  }
}
