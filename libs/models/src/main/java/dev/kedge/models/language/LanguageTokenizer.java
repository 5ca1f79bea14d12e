package dev.kedge.models.language;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.tensors.OutsideJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/** A language model's own tokenizer, as its folder defines it. Safe for use by several threads. */
public final class LanguageTokenizer implements AutoCloseable {
  /** The file that defines a tokenizer. */
  public static final String DEFINITION = "tokenizer.json";

  /** The file that names its special tokens. */
  public static final String SPECIALS = "tokenizer_config.json";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> AS_THEY_COME =
      Map.of("padding", "false", "truncation", "false");

  private final HuggingFaceTokenizer tokenizer;
  private final JsonNode specials;
  private final Path folder;

  private LanguageTokenizer(HuggingFaceTokenizer tokenizer, JsonNode specials, Path folder) {
    this.tokenizer = tokenizer;
    this.specials = specials;
    this.folder = folder;
  }

  /**
   * Reads the tokenizer of a Hugging Face model folder.
   *
   * @param folder holds {@code tokenizer.json}, or {@code vocab.json} and {@code merges.txt}; and,
   *     for the special tokens, {@code tokenizer_config.json}
   * @throws IllegalArgumentException if it holds no tokenizer that can be read
   */
  public static LanguageTokenizer open(Path folder) {
    try {
      return new LanguageTokenizer(load(definition(folder), folder), specials(folder), folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the tokenizer in " + folder, e);
    }
  }

  /**
   * What defines the tokenizer of a folder, in either form: equal bytes are the same tokenizer.
   *
   * @throws IllegalArgumentException if the folder has none
   */
  public static byte[] definition(Path folder) throws IOException {
    return new TokenizerDefinition(folder, specials(folder)).bytes();
  }

  /** Loads a definition; {@code source} is named when it fails. */
  static HuggingFaceTokenizer load(byte[] definition, Path source) throws IOException {
    try {
      return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(definition), AS_THEY_COME);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "the tokenizer in " + source + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static JsonNode specials(Path folder) throws IOException {
    Path file = folder.resolve(SPECIALS);
    return Files.exists(file) ? OutsideJson.SETTINGS.tree(file) : JSON.createObjectNode();
  }

  /** The text's ids, with the special tokens that the tokenizer puts around a text. */
  public long[] ids(String text) {
    return tokenizer.encode(text, true, false).getIds();
  }

  /** The text's ids alone. */
  public long[] plainIds(String text) {
    return tokenizer.encode(text, false, false).getIds();
  }

  /** The text of ids; special tokens are left out. */
  public String text(long[] ids) {
    return tokenizer.decode(ids, true);
  }

  /** The token that begins a text ({@code bos_token}), if there is one. */
  public OptionalLong begin() {
    return special("bos_token");
  }

  /** The token that ends a text ({@code eos_token}), if there is one. */
  public OptionalLong end() {
    return special("eos_token");
  }

  /** The token that fills up short texts ({@code pad_token}), if there is one. */
  public OptionalLong pad() {
    return special("pad_token");
  }

  /**
   * What stands for nothing before a text: the begin token, or the end token of models without one.
   *
   * @throws IllegalArgumentException if neither is named
   */
  public long prefix() {
    return begin()
        .orElseGet(
            () ->
                end()
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                SPECIALS
                                    + " in "
                                    + folder
                                    + " names neither bos_token nor eos_token, and text is scored"
                                    + " after one of them")));
  }

  private OptionalLong special(String role) {
    String word = TokenizerDefinition.word(specials, role);
    if (word == null) {
      return OptionalLong.empty();
    }
    long[] ids = plainIds(word);
    if (ids.length != 1) {
      throw new IllegalArgumentException(
          "%s in %s: %s '%s' is not one token".formatted(SPECIALS, folder, role, word));
    }
    return OptionalLong.of(ids[0]);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
