package dev.kedge.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * JSON with one spelling for one value: names sorted, no white space, UTF-8. So equal documents are
 * equal bytes. Unknown names are passed over when reading, duplicate ones refused.
 */
public final class CanonicalJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private CanonicalJson() {}

  /** Writes a record, a map or a tree. */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "a " + value.getClass().getSimpleName() + " has no JSON form", e);
    }
  }

  /**
   * Reads a value.
   *
   * @param origin where the bytes are from, named in the error
   * @throws StoreException.Corrupt if the bytes are not the JSON of a {@code type}
   */
  public static <T> T read(byte[] bytes, Class<T> type, String origin) {
    try {
      return MAPPER.readValue(bytes, type);
    } catch (IOException e) {
      throw new StoreException.Corrupt(
          origin + " is not the JSON of a " + type.getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  /** The value as a tree. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }
}
