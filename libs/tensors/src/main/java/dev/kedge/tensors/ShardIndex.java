package dev.kedge.tensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The index of a sharded model: {@code {"metadata": {…}, "weight_map": {NAME: FILE, …}}}.
 *
 * @param file where the index is
 * @param namesByShard the tensors that each shard must hold, by the shard's name
 */
record ShardIndex(Path file, Map<String, Collection<String>> namesByShard) {
  private static final ObjectMapper JSON = StrictJson.mapper();
  private static final String REMEDY = "fetch the model's files again";

  static ShardIndex read(ModelFiles files) throws IOException {
    Path file = files.path(Checkpoint.INDEX);
    Map<String, Collection<String>> shards = new TreeMap<>();
    for (Map.Entry<String, String> entry : weightMap(file, text(files)).entrySet()) {
      String shard = shard(file, entry.getKey(), entry.getValue());
      shards.computeIfAbsent(shard, any -> new TreeSet<>()).add(entry.getKey());
    }
    return new ShardIndex(file, shards);
  }

  private static byte[] text(ModelFiles files) throws IOException {
    try (FileBytes bytes = files.open(Checkpoint.INDEX)) {
      if (bytes.size() > SafetensorsFile.HEADER_LIMIT) {
        throw MalformedTensorsException.of(
            files.path(Checkpoint.INDEX),
            "it has %d bytes, more than the limit of %d"
                .formatted(bytes.size(), SafetensorsFile.HEADER_LIMIT),
            REMEDY);
      }
      ByteBuffer text = ByteBuffer.allocate((int) bytes.size());
      bytes.read(0, text);
      return text.array();
    }
  }

  /**
   * Writes an index.
   *
   * @param homes the shard of every tensor
   * @param bytes what all tensors take
   */
  static void write(Path file, Map<String, String> homes, long bytes) throws IOException {
    Map<String, Object> index =
        Map.of("metadata", Map.of("total_size", bytes), "weight_map", homes);
    Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(index));
  }

  /** Checks that a shard holds what the index says of it, and nothing else. */
  void check(SafetensorsFile shard) throws MalformedTensorsException {
    Collection<String> wrong =
        new TreeSet<>(namesByShard.get(shard.path().getFileName().toString()));
    Collection<String> unlisted = new TreeSet<>(shard.specs().keySet());
    unlisted.removeAll(wrong);
    wrong.removeAll(shard.specs().keySet());
    wrong.addAll(unlisted);
    if (!wrong.isEmpty()) {
      throw MalformedTensorsException.of(
          file, "it does not agree with " + shard.path().getFileName() + " on " + wrong, REMEDY);
    }
  }

  private static Map<String, String> weightMap(Path file, byte[] text) throws IOException {
    try {
      JsonNode map = JSON.readTree(text).path("weight_map");
      if (!map.isObject()) {
        throw MalformedTensorsException.of(file, "it has no weight_map", REMEDY);
      }
      return JSON.convertValue(map, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw MalformedTensorsException.of(
          file, "it is not valid JSON: " + e.getOriginalMessage(), REMEDY, e);
    } catch (IllegalArgumentException e) {
      throw MalformedTensorsException.of(file, "its weight_map holds more than names", REMEDY, e);
    }
  }

  /** A shard lies beside its index: a path that leads elsewhere is an attack or a mistake. */
  private static String shard(Path file, String tensor, String shard)
      throws MalformedTensorsException {
    if (shard == null || !shard.matches("[A-Za-z0-9][A-Za-z0-9._-]*\\.safetensors")) {
      throw MalformedTensorsException.of(
          file,
          "it puts tensor '%s' into '%s'".formatted(tensor, shard),
          "name a .safetensors file in the same folder");
    }
    return shard;
  }
}
