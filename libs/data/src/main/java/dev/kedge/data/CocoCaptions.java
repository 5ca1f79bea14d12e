package dev.kedge.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.source.TreeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipException;

/**
 * COCO's file of captions: {@code images} with {@code id} and {@code file_name}, {@code
 * annotations} with {@code image_id} and {@code caption}, in either order; what else is in it is
 * passed over. Places in it are those of arrays, counted from 0.
 */
final class CocoCaptions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String file;
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, List<String>> captions = new LinkedHashMap<>();
  private final CaptionTable table;
  private int images;
  private int annotations;

  private CocoCaptions(String file, CaptionTable table) {
    this.file = file;
    this.table = table;
  }

  static boolean isNamed(TreeFile file) {
    return file.path().endsWith(".json");
  }

  static void read(FileTree tree, TreeFile file, CaptionTable table) throws IOException {
    CocoCaptions coco = new CocoCaptions(file.path(), table);
    try (InputStream in = tree.open(file);
        JsonParser parser = JSON.createParser(in)) {
      coco.read(parser);
      // What is damaged in a zip is known at its end, and the text may end before.
      in.transferTo(OutputStream.nullOutputStream());
    } catch (JsonProcessingException e) {
      throw new UnusableDatasetException(
          "'%s' is no COCO file of captions: %s".formatted(file.path(), e.getOriginalMessage()), e);
    } catch (ZipException e) {
      throw FileTree.damaged(file, e);
    }
    coco.tell();
  }

  private void read(JsonParser parser) throws IOException {
    boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
    while (isObject && parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "images" -> each(parser, this::image);
        case "annotations" -> each(parser, this::annotation);
        default -> parser.skipChildren();
      }
    }
    if (names.isEmpty() || captions.isEmpty()) {
      throw new UnusableDatasetException(
          "'%s' is no COCO file of captions: it has %d `images` with an `id` and a `file_name`, and"
                  .formatted(file, names.size())
              + " `annotations` with a `caption` for %d of them".formatted(captions.size()));
    }
  }

  private static void each(JsonParser parser, Consumer<JsonNode> reading) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      reading.accept(parser.readValueAs(JsonNode.class));
    }
  }

  private void image(JsonNode image) {
    String place = "images[%d]".formatted(images++);
    JsonNode id = image.path("id");
    JsonNode name = image.path("file_name");
    if (!id.isValueNode() || !name.isTextual()) {
      broken(place, "has no `id` or no `file_name`");
    } else if (names.putIfAbsent(id.asText(), name.asText()) != null) {
      broken(place, "there is an earlier one of this `id`");
    }
  }

  private void annotation(JsonNode annotation) {
    String place = "annotations[%d]".formatted(annotations++);
    JsonNode image = annotation.path("image_id");
    Optional<String> line = CaptionTable.plain(annotation.path("caption").asText());
    if (!image.isValueNode() || line.isEmpty()) {
      broken(place, "has no `image_id` or no `caption`");
    } else {
      captions.computeIfAbsent(image.asText(), id -> new ArrayList<>()).add(line.get());
    }
  }

  private void tell() {
    names.forEach(
        (id, name) -> table.add(place("image " + id), name, captions.getOrDefault(id, List.of())));
    captions.keySet().stream()
        .filter(id -> !names.containsKey(id))
        .forEach(id -> broken("image " + id, "has captions, but is not among the `images`"));
  }

  private void broken(String what, String why) {
    table.broken(new Quarantined(place(what), why));
  }

  private String place(String what) {
    return file + ": " + what;
  }
}
