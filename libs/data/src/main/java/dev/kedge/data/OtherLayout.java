package dev.kedge.data;

import dev.kedge.data.source.TreeFile;
import dev.kedge.data.text.TextFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What pictures that are not in folders of their classes may be, told by the files beside them. */
final class OtherLayout {
  private static final Pattern PICTURE =
      Pattern.compile("(?i).*\\.(%s)".formatted(String.join("|", WebDataset.PICTURES)));
  private static final Pattern ENDING = Pattern.compile("\\.[^./]*$");

  private OtherLayout() {}

  /** The format to try first, as the beginning of a remedy; empty where nothing tells of one. */
  static String hint(List<TreeFile> files) {
    return told(files)
        .map(told -> "import them with %s, or ".formatted(told))
        .or(
            () ->
                table(files)
                    .map(
                        table ->
                            "if '%s' names their classes, import them with `--format image_table`; or "
                                .formatted(table)))
        .orElse("");
  }

  /** A text beside a picture, under its name. */
  private static Optional<String> told(List<TreeFile> files) {
    Set<String> pictures =
        files.stream()
            .filter(file -> PICTURE.matcher(file.path()).matches())
            .map(OtherLayout::key)
            .collect(Collectors.toSet());
    return files.stream()
        .filter(file -> file.path().matches(".*\\.(cls|txt|json)") && pictures.contains(key(file)))
        .findFirst()
        .map(
            file ->
                "`--format webdataset`, for '%s' lies beside its picture".formatted(file.path()));
  }

  private static Optional<String> table(List<TreeFile> files) {
    boolean hasPicture = files.stream().anyMatch(file -> PICTURE.matcher(file.path()).matches());
    return files.stream()
        .filter(file -> FileList.isNamed(file) || TextFormat.RECORDS.isNamed(file))
        .findFirst()
        .filter(file -> hasPicture)
        .map(TreeFile::path);
  }

  private static String key(TreeFile file) {
    return ENDING.matcher(file.path()).replaceFirst("");
  }
}
