package dev.kedge.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.models.language.AnswerSequence;
import dev.kedge.models.language.AnswerTokens;
import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageFolder;
import dev.kedge.models.language.LanguageTokenizer;
import dev.kedge.models.score.LanguageScorer;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.tensors.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The counterpart of {@code bench/yardsticks/choices_lm_eval.py}: same questions, same protocol.
 */
@Command(name = "choices", description = "Multiple choice by a language model.")
public final class Choices implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(names = "--model", required = true, description = "A Hugging Face folder.")
  private Path folder;

  @Option(names = "--file", required = true, description = "JSON lines: question and choices.")
  private Path file;

  @Option(names = "--records", defaultValue = "256", description = "How many of the file's.")
  private int records;

  @Option(names = "--nats", description = "Where the costs of all choices are written.")
  private Path nats;

  @Option(names = "--threads", defaultValue = "1")
  private int threads;

  /** Runs as long as it is asked to. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Choices()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    ComputeThreads.use(threads);
    LanguageConfig config = LanguageFolder.check(folder);
    List<JsonNode> questions = questions();
    try (LanguageTokenizer tokenizer = LanguageTokenizer.open(folder);
        Checkpoint weights = Checkpoint.open(folder);
        LanguageScorer scorer = new LanguageScorer(config, LanguageFolder.named(config, weights))) {
      var tokens = new AnswerTokens(tokenizer, config.decoder().context(), false);
      JSON.writeValue(nats.toFile(), scored(questions, tokens, scorer));
      new Rounds("seconds", () -> scored(questions, tokens, scorer), 1).whileAsked();
    }
    return 0;
  }

  private List<JsonNode> questions() throws IOException {
    List<JsonNode> questions = new ArrayList<>();
    for (String line : Files.readAllLines(file).stream().limit(records).toList()) {
      questions.add(JSON.readTree(line));
    }
    return questions;
  }

  /** Texts to tokens, and the cost of every choice. */
  private static List<double[]> scored(
      List<JsonNode> questions, AnswerTokens tokens, LanguageScorer scorer) {
    List<List<AnswerSequence>> asked =
        questions.stream().map(question -> sequences(question, tokens)).toList();
    double[] nats = scorer.natsOfQuestions(asked, () -> {});
    List<double[]> each = new ArrayList<>();
    int from = 0;
    for (List<AnswerSequence> question : asked) {
      each.add(Arrays.copyOfRange(nats, from, from + question.size()));
      from += question.size();
    }
    return each;
  }

  private static List<AnswerSequence> sequences(JsonNode question, AnswerTokens tokens) {
    String prompt = "Question: %s\nAnswer:".formatted(question.get("question").asText());
    List<AnswerSequence> sequences = new ArrayList<>();
    for (JsonNode choice : question.get("choices")) {
      sequences.add(tokens.of(question.path("id").asText(), prompt, " " + choice.asText()));
    }
    return sequences;
  }
}
