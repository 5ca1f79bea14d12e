package dev.kedge.models.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * CLIP's tokenizer as transformers runs it: NFC, runs of blanks to one, lower case, byte-level
 * pairs; a start and an end token around each text. Safe for use by several threads.
 *
 * <p>open_clip differs for some texts (it mends broken Unicode, resolves HTML entities, knows its
 * own special tokens and pads with 0). A model exported from there is read by the rules here.
 */
public final class ClipTokenizer implements AutoCloseable {
  private static final Map<String, String> AS_THEY_COME =
      Map.of("padding", "false", "truncation", "false");

  private final HuggingFaceTokenizer tokenizer;
  private final int context;
  private final long start;
  private final long end;
  private final long pad;

  private ClipTokenizer(HuggingFaceTokenizer tokenizer, int context, long[] specials, long pad) {
    this.tokenizer = tokenizer;
    this.context = context;
    this.start = specials[0];
    this.end = specials[1];
    this.pad = pad;
  }

  /**
   * Reads the tokenizer of a Hugging Face model folder.
   *
   * @param folder holds {@code tokenizer.json}, or {@code vocab.json} and {@code merges.txt}
   * @param context positions of the text tower ({@code text_config.max_position_embeddings})
   * @throws IllegalArgumentException if the folder holds no CLIP tokenizer
   */
  public static ClipTokenizer open(Path folder, int context) {
    if (context < 2) {
      throw new IllegalArgumentException(
          "a text needs room for its start and end token, but the context is " + context);
    }
    TokenizerFolder files = new TokenizerFolder(folder);
    HuggingFaceTokenizer tokenizer = load(files.definition(), folder);
    try {
      long[] specials = specials(tokenizer, folder);
      long pad = files.padToken().map(word -> single(tokenizer, word, folder)).orElse(specials[1]);
      return new ClipTokenizer(tokenizer, context, specials, pad);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /** Loads a definition in tokenizer.json's format; {@code source} is named when it fails. */
  static HuggingFaceTokenizer load(byte[] definition, Path source) {
    try {
      return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(definition), AS_THEY_COME);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "the tokenizer in " + source + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The text in {@link #context()} ids; a longer one is cut and keeps its end token. */
  public Tokens encode(String text) {
    long[] whole = encodeWhole(text);
    int length = Math.min(whole.length, context);
    long[] ids = Arrays.copyOf(whole, context);
    ids[length - 1] = end;
    Arrays.fill(ids, length, context, pad);
    return new Tokens(ids, length);
  }

  /** Each text as {@link #encode(String)} does it. */
  public List<Tokens> encode(List<String> texts) {
    return texts.stream().map(this::encode).toList();
  }

  /** Start token, the whole text however long it is, end token; no padding. */
  public long[] encodeWhole(String text) {
    return tokenizer.encode(text).getIds();
  }

  /** Positions of the text tower: the number of ids of every encoded text. */
  public int context() {
    return context;
  }

  /** Id before each text. */
  public long startToken() {
    return start;
  }

  /** Id after each text. */
  public long endToken() {
    return end;
  }

  /** Id that fills up short texts: the end token, unless the folder names another. */
  public long padToken() {
    return pad;
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  private static long[] specials(HuggingFaceTokenizer tokenizer, Path folder) {
    long[] ids = tokenizer.encode("").getIds();
    if (ids.length != 2) {
      throw new IllegalArgumentException(
          "the tokenizer in "
              + folder
              + " is not CLIP's: it should put a start and an end token around an empty text, but"
              + " gives "
              + Arrays.toString(ids));
    }
    return ids;
  }

  private static long single(HuggingFaceTokenizer tokenizer, String word, Path folder) {
    long[] ids = tokenizer.encode(word, false, false).getIds();
    if (ids.length != 1) {
      throw new IllegalArgumentException(
          "tokenizer_config.json in " + folder + ": pad_token '" + word + "' is not one token");
    }
    return ids[0];
  }
}
