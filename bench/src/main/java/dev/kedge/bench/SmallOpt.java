package dev.kedge.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.models.language.AnswerSequence;
import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageInitialisation;
import dev.kedge.models.language.LanguageTensors;
import dev.kedge.models.language.TokenBatch;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Stream;

/** A small OPT of random weights, and sequences of noise for it. */
record SmallOpt(int tokens, int width, int depth, int heads, int vocabulary) {
  LanguageConfig config() {
    return LanguageConfig.of(
        new ObjectMapper()
            .createObjectNode()
            .put("model_type", "opt")
            .put("vocab_size", vocabulary)
            .put("hidden_size", width)
            .put("word_embed_proj_dim", width)
            .put("ffn_dim", 4 * width)
            .put("num_hidden_layers", depth)
            .put("num_attention_heads", heads)
            .put("max_position_embeddings", tokens)
            .put("activation_function", "relu")
            .put("do_layer_norm_before", true));
  }

  Weights weights(Scope scope) throws IOException {
    LanguageConfig config = config();
    return Weights.read(
        scope, LanguageInitialisation.of(config, 0), LanguageTensors.of(config).keySet());
  }

  /** Every token but the first is scored, as transformers does it. */
  TokenBatch noise(int batch) {
    Random random = new Random(1);
    return TokenBatch.of(
        Stream.generate(() -> random.longs(tokens, 4, vocabulary).toArray())
            .limit(batch)
            .map(ids -> new AnswerSequence(ids, tokens - 1))
            .toList());
  }
}
