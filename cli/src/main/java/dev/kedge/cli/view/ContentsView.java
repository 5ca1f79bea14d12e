package dev.kedge.cli.view;

import dev.kedge.v1.DatasetContents;
import dev.kedge.v1.DatasetVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was found in a data set, for people. */
public final class ContentsView {
  private ContentsView() {}

  /** Lines below the data set's own. */
  public static String of(DatasetVersion dataset) {
    return dataset.hasContents()
        ? lines(dataset.getContents()).stream().map(Visible::line).collect(Collectors.joining("\n"))
        : "not prepared yet with the usual share of broken records: the first experiment that names"
            + " it looks at every record";
  }

  private static List<String> lines(DatasetContents contents) {
    List<String> lines = new ArrayList<>();
    lines.add("samples      %,d, %,d bytes".formatted(contents.getSamples(), contents.getBytes()));
    addCounts("classes", contents.getClassesMap(), lines);
    addCounts("formats", contents.getFormatsMap(), lines);
    if (contents.hasWidth()) {
      lines.add("width        %s pixels".formatted(spread(contents.getWidth())));
      lines.add("height       %s pixels".formatted(spread(contents.getHeight())));
    }
    if (contents.hasLength()) {
      lines.add("length       %s bytes".formatted(spread(contents.getLength())));
    }
    lines.add(
        "duplicates   %s"
            .formatted(
                contents.getDuplicates() == 0
                    ? "none"
                    : "%,d are earlier samples again".formatted(contents.getDuplicates())));
    lines.add(
        "left out     %s"
            .formatted(
                contents.getQuarantined() == 0
                    ? "none"
                    : "%,d".formatted(contents.getQuarantined())));
    contents.getReasonsMap().entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(reason -> lines.add("  %,d: %s".formatted(reason.getValue(), reason.getKey())));
    contents
        .getQuarantineList()
        .forEach(one -> lines.add("  %s (%s)".formatted(one.getPath(), one.getReason())));
    return lines;
  }

  private static void addCounts(String name, Map<String, Integer> counts, List<String> lines) {
    if (!counts.isEmpty()) {
      String text =
          new TreeMap<>(counts)
              .entrySet().stream()
                  .map(one -> "%s %,d".formatted(one.getKey(), one.getValue()))
                  .collect(Collectors.joining(", "));
      lines.add("%-12s %s".formatted(name, text));
    }
  }

  private static String spread(DatasetContents.Spread spread) {
    return "%,d to %,d, half of them up to %,d"
        .formatted(spread.getLeast(), spread.getMost(), spread.getMedian());
  }
}
