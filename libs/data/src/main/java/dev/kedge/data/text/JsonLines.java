package dev.kedge.data.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.data.Quarantined;
import dev.kedge.data.UnusableDatasetException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a range of JSON Lines. Empty lines are passed over; a line that is no object is broken, and
 * a file that is one array is refused.
 */
final class JsonLines {
  /** Most bytes of a record, whatever it is read from. */
  static final int LONGEST = 16 << 20;

  /** A name or a value each: how many of them a line may have, for each takes a hundred bytes. */
  private static final int MOST_TOKENS = 1_000_000;

  static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** How an array of objects begins, on a line of its own or not. */
  private static final Pattern ARRAY = Pattern.compile("\\uFEFF?\\s*\\[\\s*(\\{|$)");

  private static final int LOOKED_AT = 256;

  private JsonLines() {}

  static void read(String file, InputStream in, LineRange range, RecordSink sink)
      throws IOException {
    Lines lines = new Lines(in, LONGEST);
    lines.skip(range.first() - 1);
    for (int number = range.first(); number < range.end(); number++) {
      Optional<byte[]> line = lines.next();
      if (line.isEmpty()) {
        return;
      }
      if (number == 1) {
        refuseArray(file, line.get());
      }
      String place = "%s:%d".formatted(file, number);
      sink.at(number);
      if (lines.wasCut()) {
        sink.broken(tooLong(place));
      } else {
        read(place, line.get(), sink);
      }
    }
  }

  static Quarantined tooLong(String place) {
    return new Quarantined(
        place, "longer than %,d bytes, the most a record has".formatted(LONGEST));
  }

  private static void refuseArray(String file, byte[] line) {
    String begin = new String(line, 0, Math.min(line.length, LOOKED_AT), StandardCharsets.UTF_8);
    if (ARRAY.matcher(begin).lookingAt()) {
      throw new UnusableDatasetException(
          "'%s' is one JSON array, and records are a line each: write them so, for example by jq -c '.[]' %s > records.jsonl"
              .formatted(file, file));
    }
  }

  /** Reads one line. */
  static void read(String place, byte[] line, RecordSink sink) throws IOException {
    try {
      String json = Utf8.decode(line).strip();
      if (json.isEmpty()) {
        return;
      }
      if (JSON.readTree(json) instanceof ObjectNode fields) {
        sink.record(
            place,
            new TextRecord(id(fields, place), fields),
            json.getBytes(StandardCharsets.UTF_8));
      } else {
        sink.broken(new Quarantined(place, "no JSON object: it must begin with { and end with }"));
      }
    } catch (CharacterCodingException e) {
      sink.broken(new Quarantined(place, "not UTF-8"));
    } catch (JsonProcessingException e) {
      sink.broken(new Quarantined(place, "no JSON: " + e.getOriginalMessage()));
    }
  }

  static String id(ObjectNode fields, String place) {
    JsonNode id = fields.path("id");
    return id.isTextual() || id.isIntegralNumber() ? id.asText() : place;
  }
}
