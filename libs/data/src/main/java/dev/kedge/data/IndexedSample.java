package dev.kedge.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;

/**
 * One line of {@code index.jsonl}: a sample and where its bytes lie.
 *
 * @param source path in the source it came from
 * @param label position of its class
 * @param digest SHA-256 of the picture's bytes, 64 hexadecimal digits
 * @param shard position of its shard
 * @param offset first byte in the shard
 * @param length bytes of the encoded picture
 * @param look the picture's {@link PerceptualHash}, 16 hexadecimal digits; empty of a text
 * @param captions what is said of it, each in one line; empty where nothing is
 * @param text what the record says, by {@link dev.kedge.data.text.RecordText}, as 16 hexadecimal
 *     digits; empty of a picture
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record IndexedSample(
    String source,
    int label,
    String digest,
    int shard,
    long offset,
    int length,
    String look,
    List<String> captions,
    String text) {

  public IndexedSample {
    look = Objects.requireNonNullElse(look, "");
    captions = captions == null ? List.of() : List.copyOf(captions);
    text = Objects.requireNonNullElse(text, "");
  }

  /** Nothing is said of it, and it says nothing. */
  public IndexedSample(
      String source, int label, String digest, int shard, long offset, int length, String look) {
    this(source, label, digest, shard, offset, length, look, List.of(), "");
  }

  /** Equal for samples that are the same: pictures of the same bytes, records of the same text. */
  String content() {
    return text.isEmpty() ? digest : text;
  }

  /** The same in another shard. */
  IndexedSample inShard(int position) {
    return new IndexedSample(source, label, digest, position, offset, length, look, captions, text);
  }
}
