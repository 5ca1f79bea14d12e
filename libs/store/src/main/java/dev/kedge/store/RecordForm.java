package dev.kedge.store;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The form of records, which changes with Kedge: each carries the number of its form beside its own
 * fields. What was written in an older one is brought to today's when it is read, and what was
 * written in a newer one is left alone: a process of yesterday, which is still up while others are
 * upgraded, would drop what it does not know.
 */
public final class RecordForm {
  /** Today's. A change that old readers would misread is a step more here. */
  public static final RecordForm TODAY = new RecordForm(List.of());

  private static final String FIELD = "recordForm";

  /** Of records that carry no number. */
  private static final int FIRST = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<UnaryOperator<ObjectNode>> steps;

  /**
   * A form.
   *
   * @param steps each brings a record from one form to the next, from the first on
   */
  RecordForm(List<UnaryOperator<ObjectNode>> steps) {
    this.steps = List.copyOf(steps);
  }

  private int number() {
    return FIRST + steps.size();
  }

  /** A record as it is kept. */
  public byte[] write(byte[] json) {
    try {
      return marked((ObjectNode) JSON.readTree(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] marked(ObjectNode fields) throws IOException {
    ObjectNode record = JSON.createObjectNode().put(FIELD, number());
    fields.remove(FIELD);
    record.setAll(fields);
    return JSON.writeValueAsBytes(record);
  }

  /**
   * A record as it is read, in this form.
   *
   * @param origin where it lies, for errors
   * @throws StoreException.Corrupt if it is no JSON
   * @throws StoreException.TooNew if its form is newer than this one
   */
  public byte[] read(byte[] json, String origin) {
    try {
      int found = number(json);
      if (found > number()) {
        throw new StoreException.TooNew(
            "%s was written by a newer Kedge (form %d, and this one knows form %d): upgrade this process"
                .formatted(origin, found, number()));
      }
      return found == number() ? json : brought(json, found);
    } catch (IOException e) {
      throw new StoreException.Corrupt("record %s is broken".formatted(origin), e);
    }
  }

  private byte[] brought(byte[] json, int found) throws IOException {
    ObjectNode record = (ObjectNode) JSON.readTree(json);
    for (UnaryOperator<ObjectNode> step : steps.subList(found - FIRST, steps.size())) {
      record = step.apply(record);
    }
    return marked(record);
  }

  /** Looked for among the fields of the record itself alone; it is the first where we wrote it. */
  private static int number(byte[] json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(parser, "a record is an object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isNumber = parser.currentName().equals(FIELD);
        parser.nextToken();
        if (isNumber && parser.getIntValue() >= FIRST) {
          return parser.getIntValue();
        }
        if (isNumber) {
          throw new JsonParseException(parser, "forms are counted from " + FIRST);
        }
        parser.skipChildren();
      }
      return FIRST;
    }
  }
}
