package dev.kedge.tensors;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parsed header of a safetensors file: {@code {"__metadata__": {…}, NAME: {"dtype", "shape",
 * "data_offsets"}, …}}. It comes from outside, so nothing in it is believed until it is checked.
 *
 * @param metadata free text under free keys
 * @param places where each tensor lies, in file order
 */
record SafetensorsHeader(Map<String, String> metadata, List<Place> places) {
  static final String METADATA = "__metadata__";

  private static final ObjectMapper JSON = StrictJson.mapper();
  private static final String REMEDY = "the file is damaged or lies about itself: fetch it again";

  /** A tensor and the offset of its first byte, counted from the end of the header. */
  record Place(TensorSpec spec, long begin) {
    long end() {
      return begin + spec.bytes();
    }
  }

  /** One tensor as the file states it. */
  private record Entry(
      String dtype, List<Long> shape, @JsonProperty("data_offsets") List<Long> offsets) {}

  /**
   * Reads and checks a header.
   *
   * @param json the header's bytes
   * @param dataBytes bytes that follow the header in the file
   * @param file named in errors
   */
  static SafetensorsHeader parse(byte[] json, long dataBytes, Path file) throws IOException {
    if (json.length == 0 || json[0] != '{') {
      throw MalformedTensorsException.of(
          file, "the header does not begin with '{'", "give a safetensors file");
    }
    try (JsonParser parser = JSON.createParser(json)) {
      SafetensorsHeader header = new Reading(file).header(parser);
      new SafetensorsLayout(file, dataBytes).check(header.places);
      return header;
    } catch (StreamConstraintsException e) {
      throw MalformedTensorsException.of(
          file,
          "the header has more than %,d names and values, or is nested too deep"
              .formatted(OutsideJson.TENSORS.tokens()),
          REMEDY,
          e);
    } catch (JsonProcessingException e) {
      throw MalformedTensorsException.of(
          file,
          "the header is not valid JSON at its byte " + e.getLocation().getByteOffset(),
          REMEDY,
          e);
    }
  }

  /** One pass over the JSON, without a tree of it in memory. */
  private record Reading(Path file) {
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<Entry> ENTRY = new TypeReference<>() {};
    private static final String NO_ENTRY =
        "tensor '%s' is not given by dtype, shape and data_offsets alone, each of its own kind";

    SafetensorsHeader header(JsonParser parser) throws IOException {
      Map<String, String> metadata = new TreeMap<>();
      List<Place> places = new ArrayList<>();
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        if (name.equals(METADATA)) {
          metadata.putAll(read(parser, TEXTS, "'__metadata__' is not text under names"));
        } else {
          places.add(place(name, read(parser, ENTRY, NO_ENTRY.formatted(name))));
        }
      }
      checkEnd(parser);
      return new SafetensorsHeader(metadata, places);
    }

    /** The next value; a value of another form is told, and what is no JSON is left to others. */
    private <T> T read(JsonParser parser, TypeReference<T> type, String otherwise)
        throws IOException {
      try {
        return parser.readValueAs(type);
      } catch (JsonMappingException e) {
        throw MalformedTensorsException.of(file, otherwise, REMEDY, e);
      }
    }

    private void checkEnd(JsonParser parser) throws IOException {
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw MalformedTensorsException.of(file, "the header goes on after its end", REMEDY);
      }
    }

    private Place place(String name, Entry entry) throws MalformedTensorsException {
      if (entry == null || entry.shape.contains(null) || entry.offsets.contains(null)) {
        throw bad(name, "is null where a value is needed");
      }
      TensorSpec spec = spec(name, entry);
      if (entry.offsets.size() != 2) {
        throw bad(name, "needs two data_offsets, has " + entry.offsets);
      }
      long begin = entry.offsets.get(0);
      long end = entry.offsets.get(1);
      if (begin < 0 || end < begin || end - begin != spec.bytes()) {
        throw bad(
            name,
            "is %s %s, which takes %d bytes, but claims offsets %d to %d"
                .formatted(spec.dtype(), spec.shape(), spec.bytes(), begin, end));
      }
      return new Place(spec, begin);
    }

    private TensorSpec spec(String name, Entry entry) throws MalformedTensorsException {
      DType dtype;
      try {
        dtype = DType.valueOf(entry.dtype);
      } catch (IllegalArgumentException e) {
        throw MalformedTensorsException.of(
            file,
            "tensor '%s' has dtype '%s'".formatted(name, entry.dtype),
            "convert it to one of " + List.of(DType.values()),
            e);
      }
      try {
        return new TensorSpec(name, dtype, entry.shape);
      } catch (IllegalArgumentException e) {
        throw bad(name, "is impossible: " + e.getMessage());
      }
    }

    private MalformedTensorsException bad(String name, String problem) {
      return MalformedTensorsException.of(file, "tensor '" + name + "' " + problem, REMEDY);
    }
  }
}
