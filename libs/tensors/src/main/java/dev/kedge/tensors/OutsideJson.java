package dev.kedge.tensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How large JSON may be that somebody brings: its bytes, and its names and values, each of which
 * takes up to a hundred bytes once it is read. A file is refused by its size before it is opened,
 * and in the midst where it has more in it than its kind ever has, so that no file takes the heap
 * of the process that all share.
 */
public final class OutsideJson {
  private static final int DEPTH = 100;
  private static final String OF_A_MODEL =
      "give the model's own file, as its makers have published it";
  private static final String OF_DATA = "cut it into several data sets";

  /** What a model, an adapter or a tokenizer says of itself; read as a whole. */
  public static final OutsideJson SETTINGS =
      new OutsideJson(8 << 20, 500_000, "settings", OF_A_MODEL);

  /** A tokenizer's words and merges. Of 262,144 tokens they take 33 MB, the most that is known. */
  public static final OutsideJson VOCABULARY =
      new OutsideJson(64 << 20, 8_000_000, "a tokenizer", OF_A_MODEL);

  /** The header of a safetensors file, or where the tensors of several lie: at most some MB. */
  public static final OutsideJson TENSORS =
      new OutsideJson(16 << 20, 1_000_000, "a list of tensors", OF_A_MODEL);

  /** COCO's captions: 92 MB and some seven million of names and values in the largest. */
  public static final OutsideJson CAPTIONS =
      new OutsideJson(512 << 20, 20_000_000, "captions", OF_DATA);

  private final long bytes;
  private final long tokens;
  private final String kind;
  private final String remedy;
  private final ObjectMapper mapper;

  private OutsideJson(int bytes, int tokens, String kind, String remedy) {
    this.bytes = bytes;
    this.tokens = tokens;
    this.kind = kind;
    this.remedy = remedy;
    this.mapper = new ObjectMapper(factory(bytes, tokens));
  }

  private static JsonFactory factory(int bytes, int tokens) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxDocumentLength(bytes)
                .maxTokenCount(tokens)
                .maxNestingDepth(DEPTH)
                .build())
        // Names are made up by others: a table of all of them would be as large as the file.
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .build();
  }

  /** Most bytes of such a file. */
  long bytes() {
    return bytes;
  }

  /** Most names and values in it. */
  long tokens() {
    return tokens;
  }

  /**
   * Reads a file as a whole.
   *
   * @throws IllegalArgumentException if it is too large
   * @throws com.fasterxml.jackson.core.JsonProcessingException if it is not JSON
   */
  public JsonNode tree(Path file) throws IOException {
    requireSize(file);
    try {
      return mapper.readTree(file.toFile());
    } catch (StreamConstraintsException e) {
      throw new IllegalArgumentException(tooMuch(name(file)), e);
    }
  }

  /** Reads a file piece by piece, which ends with {@link StreamConstraintsException} if need be. */
  public JsonParser parser(Path file) throws IOException {
    requireSize(file);
    return mapper.createParser(file.toFile());
  }

  /** The same of what lies in no file of its own. */
  public JsonParser parser(InputStream in) throws IOException {
    return mapper.createParser(in);
  }

  /**
   * Refuses a file by its size.
   *
   * @throws IllegalArgumentException if it is too large
   */
  public void requireSize(Path file) throws IOException {
    requireSize(name(file), Files.size(file));
  }

  /**
   * Refuses what would be larger than such a file may be.
   *
   * @param name what it is called in the error
   * @throws IllegalArgumentException if it is too large
   */
  public void requireSize(String name, long size) {
    if (size > bytes) {
      throw new IllegalArgumentException(
          "'%s' has %,d bytes, and of %s at most %,d are read: %s"
              .formatted(name, size, kind, bytes, remedy));
    }
  }

  /** Why a file was left in the midst. */
  public String tooMuch(String name) {
    return "'%s' goes beyond what is read of %s, %,d names and values in %,d bytes, at most %d deep: %s"
        .formatted(name, kind, tokens, bytes, DEPTH, remedy);
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
