package dev.kedge.cli.transfer;

import dev.kedge.cli.UserMistakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How data is laid out, as a name that the gateway knows. */
public enum DatasetFormat {
  /** Pictures as {@code CLASS/NAME.jpg}. */
  IMAGE_FOLDER,
  /** Shards of pictures as {@code KEY.jpg} beside {@code KEY.cls}. */
  WEBDATASET,
  /** Pictures and a table that names their files and classes. */
  IMAGE_TABLE,
  /** Pictures and a table, or COCO's file, of their captions. */
  IMAGE_CAPTIONS,
  /** Tables: JSON Lines, CSV, TSV or Parquet. */
  RECORDS,
  /** A document a file. */
  TEXT;

  private static final Pattern TABLES = Pattern.compile(".*\\.(jsonl|ndjson|csv|tsv|parquet)");
  private static final Pattern RECORD_FILES = Pattern.compile(".*\\.json|" + TABLES.pattern());
  private static final Pattern SHARDS = Pattern.compile(".*\\.tar|(.*/)?classnames\\.txt");
  private static final Pattern COCO = Pattern.compile("(.*/)?captions[^/]*\\.json");
  private static final Pattern DOCUMENTS = Pattern.compile(".*\\.(txt|md)");

  /** The format of a name in any case. */
  public static DatasetFormat named(String name) {
    return Arrays.stream(values())
        .filter(format -> format.name().equals(name.toUpperCase(Locale.ROOT).replace('-', '_')))
        .findFirst()
        .orElseThrow(
            () ->
                new UserMistakeException(
                    "%s is no format: write image_folder, webdataset, image_table, image_captions, records or text"
                        .formatted(name)));
  }

  /** The format that the names of a path's files tell. */
  public static DatasetFormat guessed(Path path) throws IOException {
    return Files.isDirectory(path)
        ? guessed(VisibleFiles.in(path).keySet())
        : guessed(List.of(path.toString()));
  }

  /** The format that names of files tell. */
  public static DatasetFormat guessed(Collection<String> names) {
    if (!names.isEmpty() && names.stream().allMatch(RECORD_FILES.asMatchPredicate())) {
      return RECORDS;
    }
    if (!names.isEmpty() && names.stream().allMatch(DOCUMENTS.asMatchPredicate())) {
      return TEXT;
    }
    if (names.size() > 1 && names.stream().allMatch(SHARDS.asMatchPredicate())) {
      return WEBDATASET;
    }
    if (names.size() > 1 && names.stream().filter(COCO.asMatchPredicate()).count() == 1) {
      return IMAGE_CAPTIONS;
    }
    return names.size() > 1 && names.stream().filter(TABLES.asMatchPredicate()).count() == 1
        ? IMAGE_TABLE
        : IMAGE_FOLDER;
  }
}
