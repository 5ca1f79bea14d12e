package dev.kedge.cli.transfer;

import dev.kedge.cli.UserMistakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What is uploaded for a data set. */
public final class DatasetSource {
  private static final Pattern KNOWN =
      Pattern.compile(".*\\.(tar|tar\\.gz|tgz|zip|jsonl|ndjson|json|csv|tsv|parquet|txt|md)");

  private DatasetSource() {}

  /** An archive, a table or a text as it is; a folder of tars by its files, another as a tar. */
  public static List<Upload> at(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return isOfTars(path) ? single(path) : List.of(FolderTar.of(path));
    }
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    String name = path.getFileName().toString();
    Upload file = Upload.of(name, path);
    if (!KNOWN.matcher(name).matches()) {
      throw new UserMistakeException(
          ("%s is no folder, .tar, .tar.gz or .zip: name one that holds CLASS/NAME.jpg; or a .jsonl,"
                  + " .json, .csv, .tsv or .parquet of records, or a .txt")
              .formatted(path));
    }
    return List.of(file);
  }

  private static boolean isOfTars(Path folder) throws IOException {
    return VisibleFiles.in(folder).keySet().stream().anyMatch(name -> name.endsWith(".tar"));
  }

  private static List<Upload> single(Path folder) throws IOException {
    return VisibleFiles.in(folder).entrySet().stream()
        .map(file -> Upload.of(file.getKey(), file.getValue()))
        .toList();
  }
}
