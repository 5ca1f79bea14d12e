package dev.kedge.data.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.data.UnusableDatasetException;
import java.io.IOException;

/**
 * One record.
 *
 * @param id its name: its field {@code id}, or else its file and line
 * @param fields all its fields
 */
public record TextRecord(String id, ObjectNode fields) {
  /** The one field of a document. */
  public static final String TEXT = "text";

  /**
   * Reads a record as a shard has it.
   *
   * @throws UnusableDatasetException if the bytes are no record
   */
  public static TextRecord read(String id, byte[] json) {
    try {
      return new TextRecord(id, (ObjectNode) JsonLines.JSON.readTree(json));
    } catch (IOException e) {
      throw new UnusableDatasetException(
          "record '%s' is damaged: prepare the data set again".formatted(id), e);
    }
  }
}
