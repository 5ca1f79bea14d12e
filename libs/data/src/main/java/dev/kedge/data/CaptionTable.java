package dev.kedge.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.source.TreeFile;
import dev.kedge.data.text.Columns;
import dev.kedge.data.text.RecordSink;
import dev.kedge.data.text.TextFormat;
import dev.kedge.data.text.TextRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pictures with one table of their captions: COCO's {@code .json}, or CSV, TSV, JSON Lines or
 * Parquet with a column for the file and one for the caption, or a list of captions. Several rows
 * may name one picture: it has the captions of all. A picture without a class of its own is of the
 * one class {@code picture}.
 */
final class CaptionTable implements RecordSink {
  static final String CAPTION = "caption";
  static final String NO_CLASS = "picture";
  private static final List<String> CAPTIONS = List.of(CAPTION, "captions", "text", "sentence");
  private static final String EXPECTED =
      "IMAGE_CAPTIONS data has a COCO .json, or a table with a column for the file and one for the"
          + " caption; name them with --column file=COLUMN --column caption=COLUMN";

  private final NamedFiles files;
  private final ListingBuilder listing = new ListingBuilder();
  private final Map<TreeFile, Captioned> pictures = new LinkedHashMap<>();

  private record Captioned(String className, List<String> captions) {}

  private CaptionTable(NamedFiles files) {
    this.files = files;
  }

  static PictureListing of(FileTree tree, Columns columns) throws IOException {
    TreeFile table =
        NamedFiles.onlyTable(
            tree.files().stream().filter(TextFormat.RECORDS::isNamed).toList(),
            ".json, .csv, .tsv, .jsonl or .parquet");
    CaptionTable reading = new CaptionTable(new NamedFiles(tree, table));
    if (CocoCaptions.isNamed(table)) {
      CocoCaptions.read(tree, table, reading);
    } else {
      TextFormat.RECORDS.readOne(tree, table, columns.renaming(reading));
    }
    reading.pictures.forEach(
        (file, said) -> reading.listing.add(file, said.className(), said.captions()));
    return reading.listing.build(EXPECTED);
  }

  @Override
  public void record(String place, TextRecord record, byte[] json) {
    Optional<String> path = ImageTable.first(record.fields(), ImageTable.FILES);
    if (path.isEmpty()) {
      listing.leaveOut(
          place, NamedColumns.missing(ImageTable.FILE, ImageTable.FILES, record.fields()));
    } else {
      String className = ImageTable.first(record.fields(), ImageTable.CLASSES).orElse(NO_CLASS);
      add(place, path.get(), className, captions(record.fields()));
    }
  }

  /** Of the one class. */
  void add(String place, String path, List<String> captions) {
    add(place, path, NO_CLASS, captions);
  }

  private void add(String place, String path, String className, List<String> captions) {
    Optional<TreeFile> file = files.findAnywhere(path);
    if (file.isEmpty()) {
      listing.leaveOut(place, "names '%s', which is not there".formatted(path));
      return;
    }
    if (captions.isEmpty()) {
      listing.leaveOut(place, "has no caption of '%s'".formatted(path));
      return;
    }
    Captioned said =
        pictures.computeIfAbsent(file.get(), unused -> new Captioned(className, new ArrayList<>()));
    if (said.className().equals(className)) {
      said.captions().addAll(captions);
    } else {
      listing.leaveOut(
          place, "'%s' is both '%s' and '%s'".formatted(path, said.className(), className));
    }
  }

  /** What a record says of its picture, each in one line. */
  static List<String> captions(ObjectNode fields) {
    List<String> captions = new ArrayList<>();
    for (String name : CAPTIONS) {
      JsonNode value = fields.path(name);
      if (value.isArray()) {
        value.forEach(one -> addPlain(one, captions));
      } else {
        addPlain(value, captions);
      }
      if (!captions.isEmpty()) {
        break;
      }
    }
    return captions;
  }

  private static void addPlain(JsonNode value, List<String> captions) {
    if (value.isTextual()) {
      plain(value.asText()).ifPresent(captions::add);
    }
  }

  /** A caption in one line; empty where it says nothing. */
  static Optional<String> plain(String caption) {
    String line = caption.strip().replaceAll("\\s+", " ");
    return line.isEmpty() ? Optional.empty() : Optional.of(line);
  }

  @Override
  public void broken(Quarantined place) {
    listing.leaveOut(place.path(), place.reason());
  }
}
