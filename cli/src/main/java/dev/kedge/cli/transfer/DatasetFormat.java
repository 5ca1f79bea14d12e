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
  /** JSON Lines. */
  RECORDS,
  /** A document a file. */
  TEXT;

  private static final Pattern LINES = Pattern.compile(".*\\.(jsonl|ndjson)");
  private static final Pattern DOCUMENTS = Pattern.compile(".*\\.(txt|md)");

  /** The format of a name in any case. */
  public static DatasetFormat named(String name) {
    return Arrays.stream(values())
        .filter(format -> format.name().equals(name.toUpperCase(Locale.ROOT).replace('-', '_')))
        .findFirst()
        .orElseThrow(
            () ->
                new UserMistakeException(
                    "%s is no format: write image_folder, records or text".formatted(name)));
  }

  /** The format that the names of a path's files tell. */
  public static DatasetFormat guessed(Path path) throws IOException {
    return Files.isDirectory(path)
        ? guessed(VisibleFiles.in(path).keySet())
        : guessed(List.of(path.toString()));
  }

  /** The format that names of files tell. */
  public static DatasetFormat guessed(Collection<String> names) {
    if (!names.isEmpty() && names.stream().allMatch(LINES.asMatchPredicate())) {
      return RECORDS;
    }
    return !names.isEmpty() && names.stream().allMatch(DOCUMENTS.asMatchPredicate())
        ? TEXT
        : IMAGE_FOLDER;
  }
}
