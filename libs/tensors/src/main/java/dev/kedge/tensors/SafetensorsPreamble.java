package dev.kedge.tensors;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a file begins with: the header's length and the header, padded with blanks to a multiple of
 * 8.
 *
 * @param layout the tensors in the order in which they will lie in the file
 */
record SafetensorsPreamble(List<TensorSpec> layout, Map<String, String> metadata) {
  private static final ObjectMapper JSON = StrictJson.mapper();
  private static final int ALIGNMENT = 8;

  ByteBuffer bytes() throws IOException {
    byte[] json = json();
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + padded).order(LITTLE_ENDIAN);
    bytes.putLong(padded).put(json).put(" ".repeat(padded - json.length).getBytes(US_ASCII));
    return bytes.flip();
  }

  private byte[] json() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writePOJOField(SafetensorsHeader.METADATA, new TreeMap<>(metadata));
      }
      long begin = 0;
      for (TensorSpec spec : layout) {
        writeEntry(json, spec, begin);
        begin += spec.bytes();
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void writeEntry(JsonGenerator json, TensorSpec spec, long begin)
      throws IOException {
    json.writeObjectFieldStart(spec.name());
    json.writeStringField("dtype", spec.dtype().name());
    json.writeFieldName("shape");
    json.writeArray(spec.dimensions(), 0, spec.shape().size());
    json.writeFieldName("data_offsets");
    json.writeArray(new long[] {begin, begin + spec.bytes()}, 0, 2);
    json.writeEndObject();
  }
}
