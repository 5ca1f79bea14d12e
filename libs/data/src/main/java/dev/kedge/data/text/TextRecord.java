package dev.kedge.data.text;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One record.
 *
 * @param id its name: its field {@code id}, or else its file and line
 * @param fields all its fields
 */
public record TextRecord(String id, ObjectNode fields) {
  /** The one field of a document. */
  public static final String TEXT = "text";
}
