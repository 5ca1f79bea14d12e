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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pictures with one table that names their files and classes: CSV, TSV, JSON Lines or Parquet, or a
 * list of {@code PATH LABEL} lines as DomainNet has. A path counts from the table's folder, or from
 * the root. Pictures that the table does not name are no part of the data.
 */
final class ImageTable implements RecordSink {
  static final String FILE = "file";
  static final String CLASS = "class";
  static final List<String> FILES =
      List.of(FILE, "file_name", "filename", "path", "filepath", "image", "image_path");
  static final List<String> CLASSES = List.of(CLASS, "class_name", "label", "category");
  private static final String EXPECTED =
      "IMAGE_TABLE data has a table with a column for the file and one for the class; name them with"
          + " --column file=COLUMN --column class=COLUMN";

  private final NamedFiles files;
  private final Map<String, String> named = new HashMap<>();
  private final ListingBuilder listing = new ListingBuilder();

  private ImageTable(NamedFiles files) {
    this.files = files;
  }

  static PictureListing of(FileTree tree, Columns columns) throws IOException {
    TreeFile table = table(tree);
    ImageTable reading = new ImageTable(new NamedFiles(tree, table));
    if (FileList.isNamed(table)) {
      FileList.read(tree, table, reading);
    } else {
      TextFormat.RECORDS.readOne(tree, table, columns.renaming(reading));
    }
    return reading.listing.build(EXPECTED);
  }

  private static TreeFile table(FileTree tree) {
    return NamedFiles.onlyTable(
        tree.files().stream()
            .filter(file -> FileList.isNamed(file) || TextFormat.RECORDS.isNamed(file))
            .toList(),
        ".csv, .tsv, .jsonl, .parquet or .txt");
  }

  @Override
  public void record(String place, TextRecord record, byte[] json) {
    Optional<String> path = first(record.fields(), FILES);
    Optional<String> className = first(record.fields(), CLASSES);
    if (path.isEmpty() || className.isEmpty()) {
      listing.leaveOut(
          place,
          path.isEmpty()
              ? NamedColumns.missing(FILE, FILES, record.fields())
              : NamedColumns.missing(CLASS, CLASSES, record.fields()));
      return;
    }
    Optional<TreeFile> file = files.find(path.get());
    if (file.isEmpty()) {
      listing.leaveOut(place, "names '%s', which is not there".formatted(path.get()));
      return;
    }
    String before = named.putIfAbsent(file.get().path(), place);
    if (before != null) {
      listing.leaveOut(place, "names '%s', as %s does".formatted(path.get(), before));
      return;
    }
    listing.add(file.get(), className.get());
  }

  static Optional<String> first(ObjectNode fields, List<String> names) {
    return names.stream()
        .map(fields::path)
        .filter(value -> value.isValueNode() && !value.isNull() && !value.asText().isBlank())
        .map(JsonNode::asText)
        .findFirst();
  }

  @Override
  public void broken(Quarantined place) {
    listing.leaveOut(place.path(), place.reason());
  }
}
