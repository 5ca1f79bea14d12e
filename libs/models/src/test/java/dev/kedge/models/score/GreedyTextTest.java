package dev.kedge.models.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.models.Golden;
import dev.kedge.models.language.Continuation;
import dev.kedge.models.language.Decoding;
import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageFolder;
import dev.kedge.models.language.LanguageModel;
import dev.kedge.models.language.LanguageTokenizer;
import dev.kedge.models.language.LanguageWeights;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Against lm_eval 0.4.13: what is written after a prompt, up to the first stop. */
class GreedyTextTest {
  private final Golden golden = Golden.of(GreedyTextTest.class, "language");

  @Test
  void greedyTextIsThatOfLmEval() throws IOException {
    ComputeThreads.use(1);
    JsonNode expected = golden.json("expected.json").get("generation");
    try (Scope scope = Scope.plain();
        LanguageTokenizer tokenizer = LanguageTokenizer.open(golden.folder())) {
      LanguageConfig config = LanguageFolder.check(golden.folder());
      Weights weights = LanguageWeights.read(scope, config, golden.tensors("model.safetensors"));
      Continuation greedy =
          new Continuation(
              Decoding.greedy(),
              expected.get("max_gen_toks").asInt(),
              tokenizer.end().orElseThrow());

      List<long[]> written = greedy.of(new LanguageModel(config), weights, prompts(tokenizer));

      for (int i = 0; i < written.size(); i++) {
        assertThat(tokenizer.text(written.get(i)).split("[\n.]", 2)[0])
            .isEqualTo(expected.get("items").get(i).get("greedy").asText());
      }
    }
  }

  @Test
  void writingEndsWhereSomebodySaysThatItIsEnough() throws IOException {
    ComputeThreads.use(1);
    try (Scope scope = Scope.plain();
        LanguageTokenizer tokenizer = LanguageTokenizer.open(golden.folder())) {
      LanguageConfig config = LanguageFolder.check(golden.folder());
      Weights weights = LanguageWeights.read(scope, config, golden.tensors("model.safetensors"));
      LanguageModel model = new LanguageModel(config);
      List<long[]> prompts = prompts(tokenizer);
      AtomicInteger asked = new AtomicInteger();
      List<long[]> whole = new Continuation(Decoding.greedy(), 6, -1).of(model, weights, prompts);

      List<long[]> some =
          new Continuation(
                  Decoding.greedy(),
                  6,
                  -1,
                  ids -> {
                    asked.incrementAndGet();
                    return ids.length == 2;
                  })
              .of(model, weights, prompts);

      for (int i = 0; i < some.size(); i++) {
        assertThat(some.get(i)).isEqualTo(Arrays.copyOf(whole.get(i), 2));
      }
      assertThat(asked).as("and no token more was computed").hasValue(2 * prompts.size());
    }
  }

  private List<long[]> prompts(LanguageTokenizer tokenizer) throws IOException {
    List<long[]> prompts = new ArrayList<>();
    for (String line : Files.readAllLines(golden.folder().resolve("generation.jsonl"))) {
      prompts.add(tokenizer.ids(new ObjectMapper().readTree(line).get("prompt").asText()));
    }
    return prompts;
  }
}
