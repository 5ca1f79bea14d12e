package dev.kedge.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.source.TreeFile;
import dev.kedge.tensors.OutsideJson;
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
  /** What a picture takes in the heap beside its name: entries of two maps, and a list. */
  private static final int PICTURE = 350;

  /** What a caption takes beside its letters. */
  private static final int CAPTION = 80;

  /** Of a process's heap, what is known of the pictures may fill this share. */
  private static final int SHARE = 3;

  private final String file;
  private final long room;
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, List<String>> captions = new LinkedHashMap<>();
  private final CaptionTable table;
  private int images;
  private int annotations;
  private long kept;

  private CocoCaptions(String file, long room, CaptionTable table) {
    this.file = file;
    this.room = room;
    this.table = table;
  }

  static boolean isNamed(TreeFile file) {
    return file.path().endsWith(".json");
  }

  static void read(FileTree tree, TreeFile file, CaptionTable table) throws IOException {
    read(tree, file, Runtime.getRuntime().maxMemory() / SHARE, table);
  }

  /**
   * With another heap.
   *
   * @param room bytes that names and captions may take in it
   */
  static void read(FileTree tree, TreeFile file, long room, CaptionTable table) throws IOException {
    requireSize(file);
    CocoCaptions coco = new CocoCaptions(file.path(), room, table);
    try (InputStream in = tree.open(file);
        JsonParser parser = OutsideJson.CAPTIONS.parser(in)) {
      coco.read(parser);
      // What is damaged in a zip is known at its end, and the text may end before.
      in.transferTo(OutputStream.nullOutputStream());
    } catch (StreamConstraintsException e) {
      throw new UnusableDatasetException(OutsideJson.CAPTIONS.tooMuch(file.path()), e);
    } catch (JsonProcessingException e) {
      throw new UnusableDatasetException(
          "'%s' is no COCO file of captions: %s".formatted(file.path(), e.getOriginalMessage()), e);
    } catch (ZipException e) {
      throw FileTree.damaged(file, e);
    }
    coco.tell();
  }

  private static void requireSize(TreeFile file) {
    try {
      OutsideJson.CAPTIONS.requireSize(file.path(), file.bytes());
    } catch (IllegalArgumentException e) {
      throw new UnusableDatasetException(e.getMessage(), e);
    }
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

  private void each(JsonParser parser, Consumer<JsonNode> reading) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      reading.accept(parser.readValueAs(JsonNode.class));
      requireRoom();
    }
  }

  private void requireRoom() {
    if (kept > room) {
      throw new UnusableDatasetException(
          "'%s' says more of its pictures than this process has room for, %,d bytes after %,d images and %,d annotations: cut it into several data sets, or start the process with a larger -Xmx"
              .formatted(file, room, images, annotations));
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
    } else {
      kept += PICTURE + 2L * id.asText().length() + name.asText().length();
    }
  }

  private void annotation(JsonNode annotation) {
    String place = "annotations[%d]".formatted(annotations++);
    JsonNode image = annotation.path("image_id");
    Optional<String> line = CaptionTable.plain(annotation.path("caption").asText());
    if (!image.isValueNode() || line.isEmpty()) {
      broken(place, "has no `image_id` or no `caption`");
    } else {
      captions.computeIfAbsent(image.asText(), this::firstOf).add(line.get());
      kept += CAPTION + line.get().length();
    }
  }

  /** Of a picture that is named later, or nowhere. */
  private List<String> firstOf(String image) {
    kept += names.containsKey(image) ? 0 : PICTURE + image.length();
    return new ArrayList<>();
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
