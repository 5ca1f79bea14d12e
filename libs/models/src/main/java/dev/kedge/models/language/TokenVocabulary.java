package dev.kedge.models.language;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.models.text.ByteAlphabet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A byte-level tokenizer for a new language model, learnt from texts: every text can be written in
 * its tokens, and the more often a piece occurs, the fewer it takes. A function of how often each
 * word occurs, not of the texts' order.
 */
public final class TokenVocabulary {
  /** Id of the token before each text ({@code bos_token_id}). */
  public static final int BEGIN = 0;

  /** Id that fills up short texts ({@code pad_token_id}). */
  public static final int PAD = 1;

  /** Id of the token after each text ({@code eos_token_id}). */
  public static final int END = 2;

  private static final List<String> SPECIALS = List.of("<s>", "<pad>", "</s>");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> tokens;
  private final List<PairTraining.Pair> merges;

  private TokenVocabulary(List<String> tokens, List<PairTraining.Pair> merges) {
    this.tokens = tokens;
    this.merges = merges;
  }

  /**
   * Learns a vocabulary.
   *
   * @param texts read once
   * @param size most token ids, special tokens and the 256 bytes among them
   */
  public static TokenVocabulary of(Stream<String> texts, int size) {
    List<String> tokens = new ArrayList<>(SPECIALS);
    ByteAlphabet.byByte().stream().sorted().forEach(tokens::add);
    if (size < tokens.size()) {
      throw new IllegalArgumentException(
          "a vocabulary of %d is too small: special tokens and bytes take %d"
              .formatted(size, tokens.size()));
    }
    PairTraining training = training(texts, tokens);
    List<PairTraining.Pair> merges = training.learn(tokens.size(), size - tokens.size());
    merges.forEach(merge -> tokens.add(tokens.get(merge.left()) + tokens.get(merge.right())));
    return new TokenVocabulary(tokens, merges);
  }

  private static PairTraining training(Stream<String> texts, List<String> tokens) {
    int[] ids = ByteAlphabet.byByte().stream().mapToInt(tokens::indexOf).toArray();
    PairTraining training = new PairTraining();
    WordCounts.of(texts)
        .counts()
        .forEach(
            (word, count) -> {
              int[] bytes = WordCounts.bytes(word);
              for (int i = 0; i < bytes.length; i++) {
                bytes[i] = ids[bytes[i]];
              }
              training.add(bytes, count);
            });
    return training;
  }

  /** Number of token ids; fewer than asked for where the texts have too few pairs. */
  public int size() {
    return tokens.size();
  }

  /**
   * Writes {@code tokenizer.json} and {@code tokenizer_config.json}, which transformers loads.
   *
   * @param context positions of the model
   */
  public void writeTo(Path folder, int context) {
    ObjectWriter json = JSON.writerWithDefaultPrettyPrinter();
    try {
      Files.createDirectories(folder);
      Files.write(
          folder.resolve(LanguageTokenizer.DEFINITION), json.writeValueAsBytes(definition()));
      Files.write(
          folder.resolve(LanguageTokenizer.SPECIALS), json.writeValueAsBytes(specials(context)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the tokenizer to " + folder, e);
    }
  }

  private static Map<String, Object> specials(int context) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("bos_token", SPECIALS.get(BEGIN));
    config.put("eos_token", SPECIALS.get(END));
    config.put("pad_token", SPECIALS.get(PAD));
    config.put("model_max_length", context);
    config.put("tokenizer_class", "PreTrainedTokenizerFast");
    return config;
  }

  private ObjectNode definition() throws IOException {
    ObjectNode ids = JSON.createObjectNode();
    tokens.forEach(token -> ids.put(token, ids.size()));
    List<List<String>> pairs =
        merges.stream()
            .map(merge -> List.of(tokens.get(merge.left()), tokens.get(merge.right())))
            .toList();
    ObjectNode root = TokenizerDefinition.byteLevel(ids, pairs);
    SPECIALS.forEach(word -> TokenizerDefinition.addSpecial(root, word, ids.get(word).asInt()));
    TokenizerDefinition.putBefore(root, SPECIALS.get(BEGIN), BEGIN);
    return root;
  }
}
