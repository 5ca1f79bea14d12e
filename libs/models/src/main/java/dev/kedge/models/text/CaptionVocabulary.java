package dev.kedge.models.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A small CLIP tokenizer for a new base model: each word of its captions is one token, and every
 * other text is still reachable byte by byte. A function of the set of words, not of their order.
 */
public final class CaptionVocabulary {
  private static final String WORD_END = "</w>";

  private final BytePairs pairs;

  private CaptionVocabulary(BytePairs pairs) {
    this.pairs = pairs;
  }

  /** Learns the words of the captions, which alone are kept of them. */
  public static CaptionVocabulary of(Stream<String> captions) {
    MergeList merges = new MergeList();
    words(captions).forEach(merges::learn);
    return new CaptionVocabulary(pairs(merges.inOrder()));
  }

  /** Number of token ids, special tokens included: the text tower's {@code vocab_size}. */
  public int size() {
    return pairs.ids().size();
  }

  /** Id before each text ({@code bos_token_id}). */
  public int startToken() {
    return pairs.ids().get(BytePairs.START);
  }

  /** Id after each text and in the padding ({@code eos_token_id}, {@code pad_token_id}). */
  public int endToken() {
    return pairs.ids().get(BytePairs.END);
  }

  /**
   * Writes the files that transformers' CLIPTokenizer loads: {@code vocab.json}, {@code
   * merges.txt}, {@code tokenizer.json}, {@code tokenizer_config.json}, {@code
   * special_tokens_map.json}.
   *
   * @param context positions of the text tower
   */
  public void writeTo(Path folder, int context) {
    ObjectWriter json = new ObjectMapper().writerWithDefaultPrettyPrinter();
    Map<String, Object> specials = specials();
    Map<String, Object> config = new LinkedHashMap<>(specials);
    config.put("model_max_length", context);
    config.put("tokenizer_class", "CLIPTokenizer");
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve("vocab.json"), json.writeValueAsBytes(pairs.ids()));
      Files.writeString(folder.resolve("merges.txt"), mergesText());
      Files.write(folder.resolve("tokenizer.json"), pairs.definition());
      Files.write(folder.resolve("tokenizer_config.json"), json.writeValueAsBytes(config));
      Files.write(folder.resolve("special_tokens_map.json"), json.writeValueAsBytes(specials));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the tokenizer to " + folder, e);
    }
  }

  private String mergesText() {
    return pairs.merges().stream()
        .map(merge -> merge.line() + "\n")
        .collect(Collectors.joining("", "#version: 0.2\n", ""));
  }

  private static Map<String, Object> specials() {
    Map<String, Object> tokens = new LinkedHashMap<>();
    tokens.put("bos_token", BytePairs.START);
    tokens.put("eos_token", BytePairs.END);
    tokens.put("pad_token", BytePairs.END);
    tokens.put("unk_token", BytePairs.END);
    return tokens;
  }

  private static BytePairs pairs(List<Merge> merges) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    List<String> bytes = ByteAlphabet.characters();
    bytes.forEach(character -> ids.put(character, ids.size()));
    bytes.forEach(character -> ids.put(character + WORD_END, ids.size()));
    // Two merges may end in the same token.
    merges.forEach(merge -> ids.putIfAbsent(merge.merged(), ids.size()));
    ids.put(BytePairs.START, ids.size());
    ids.put(BytePairs.END, ids.size());
    return new BytePairs(ids, merges);
  }

  /** The distinct words, each as its bytes, cut out by the tokenizer without any merge. */
  private static Collection<List<String>> words(Stream<String> captions) {
    Collection<List<String>> words = new TreeSet<>(Comparator.comparing(Object::toString));
    byte[] bytesOnly = pairs(List.of()).definition();
    try (HuggingFaceTokenizer tokenizer = ClipTokenizer.load(bytesOnly, Path.of("captions"))) {
      captions.forEach(
          caption -> words.addAll(split(tokenizer.encode(caption, false, false).getTokens())));
    }
    return words;
  }

  private static List<List<String>> split(String[] tokens) {
    List<List<String>> words = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i].endsWith(WORD_END)) {
        words.add(List.copyOf(Arrays.asList(tokens).subList(begin, i + 1)));
      }
      if (tokens[i].length() > 1) {
        begin = i + 1;
      }
    }
    return words;
  }
}
