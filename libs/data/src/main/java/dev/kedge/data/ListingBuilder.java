package dev.kedge.data;

import dev.kedge.data.source.TreeFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Collects pictures with the names of their classes. */
final class ListingBuilder {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private final List<TreeFile> files = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<List<String>> captions = new ArrayList<>();
  private final Map<String, String> known = new HashMap<>();
  private final List<Quarantined> misplaced = new ArrayList<>();

  /** A picture of a class. */
  void add(TreeFile file, String className) {
    add(file, className, List.of());
  }

  /** A picture of a class with captions of its own. */
  void add(TreeFile file, String className, List<String> said) {
    files.add(file);
    captions.add(said);
    names.add(known.computeIfAbsent(className, name -> name));
  }

  /** A record that cannot be a candidate. */
  void leaveOut(String place, String reason) {
    misplaced.add(new Quarantined(place, reason));
  }

  /**
   * What was collected. Classes are sorted by name; if all are numbers, by number.
   *
   * @throws UnusableDatasetException if that is no picture
   */
  PictureListing build(String expected) {
    if (files.isEmpty()) {
      String first = misplaced.isEmpty() ? "" : ", for example " + misplaced.get(0);
      throw new UnusableDatasetException(
          "no labelled picture was found among %d records%s: %s"
              .formatted(misplaced.size(), first, expected));
    }
    List<String> classes = sorted();
    Map<String, Integer> labels = new HashMap<>();
    classes.forEach(name -> labels.put(name, labels.size()));
    List<PictureListing.Candidate> pictures = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      pictures.add(
          new PictureListing.Candidate(files.get(i), labels.get(names.get(i)), captions.get(i)));
    }
    return new PictureListing(classes, pictures, misplaced);
  }

  private List<String> sorted() {
    boolean numbers = known.keySet().stream().allMatch(NUMBER.asMatchPredicate());
    Comparator<String> byNumber =
        Comparator.<String>comparingInt(Integer::parseInt).thenComparing(Comparator.naturalOrder());
    TreeSet<String> sorted = new TreeSet<>(numbers ? byNumber : Comparator.naturalOrder());
    sorted.addAll(known.keySet());
    return List.copyOf(sorted);
  }
}
