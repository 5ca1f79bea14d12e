package dev.kedge.models.language;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.models.Golden;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A tiny model of a family with what transformers says about some prompts. */
record GoldenModel(Golden golden, LanguageModel model, Weights weights, JsonNode expected) {
  static GoldenModel open(Scope scope, String variant) throws IOException {
    Golden golden = Golden.of(GoldenModel.class, variant);
    LanguageConfig config = LanguageFolder.check(golden.folder());
    Weights weights =
        Weights.read(
            scope, golden.tensors("model.safetensors"), LanguageTensors.of(config).keySet());
    return new GoldenModel(
        golden, new LanguageModel(config), weights, golden.json("expected.json"));
  }

  List<long[]> rows(String name) {
    return Golden.rows(expected.get(name));
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    expected.get(name).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  double tolerance(String name) {
    return expected.path("advised_atol").path(name).asDouble();
  }

  /** A sequence that predicts after every token; what follows the last one is never read. */
  static AnswerSequence everyToken(long[] ids) {
    long[] longer = java.util.Arrays.copyOf(ids, ids.length + 1);
    return new AnswerSequence(longer, ids.length);
  }

  /** A sequence that predicts after its last token. */
  static AnswerSequence lastToken(long[] ids) {
    return new AnswerSequence(java.util.Arrays.copyOf(ids, ids.length + 1), 1);
  }

  Tensor logits(Scope scope, TokenBatch batch) {
    return model.logits(scope, weights, model.states(scope, weights, batch));
  }
}
