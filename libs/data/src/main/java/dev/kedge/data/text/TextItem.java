package dev.kedge.data.text;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What was looked at in a source: a record of a part, or what was left out.
 *
 * @param id the record's, or the place
 * @param place the record's; none where it is the id, too
 * @param reason why it was left out; none of a record
 * @param digest SHA-256 of the record's bytes, 64 hexadecimal digits
 * @param length its bytes
 * @param shape which of the part's lists of fields it has
 * @param text what it says, as in {@link dev.kedge.data.IndexedSample}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TextItem(
    String id, String place, String reason, String digest, int length, int shape, String text) {
  static TextItem of(String id, String place, String digest, int length, int shape, String text) {
    return new TextItem(id, place.equals(id) ? null : place, null, digest, length, shape, text);
  }

  static TextItem leftOut(String place, String reason) {
    return new TextItem(place, null, reason, null, 0, 0, null);
  }

  /** Where it lies: file and line. */
  String where() {
    return place == null ? id : place;
  }

  boolean isRecord() {
    return reason == null;
  }
}
