package dev.kedge.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.source.TreeFile;
import dev.kedge.data.text.Utf8;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * WebDataset shards: the files of a sample share their path up to the first dot of the name. A
 * sample's class is the text of its {@code .cls}, or {@code class_name}, {@code class}, {@code
 * label} or {@code cls} in its {@code .json}; a number is looked up in {@code classnames.txt} where
 * there is such a file, a class a line. Its captions are the lines of its {@code .txt}, or those in
 * its {@code .json}. Where no sample has a class, those with captions are of one.
 */
final class WebDataset {
  /** Python writes NaN. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /** How pictures end. */
  static final List<String> PICTURES = List.of("jpg", "jpeg", "png", "webp", "gif");

  private static final List<String> JSON_FIELDS = List.of("class_name", "class", "label", "cls");
  private static final int LONGEST_TEXT = 1 << 20;
  private static final String NO_CLASS = "no .cls beside it, and no class in a .json";
  private static final String EXPECTED =
      "WEBDATASET data has KEY.jpg beside KEY.cls, KEY.txt or a class or caption in KEY.json";

  private final FileTree tree;
  private final List<String> names;
  private final ListingBuilder listing = new ListingBuilder();
  private final List<Captioned> withoutClass = new ArrayList<>();
  private boolean hasClasses;

  private record Captioned(TreeFile picture, List<String> captions) {}

  private WebDataset(FileTree tree) throws IOException {
    this.tree = tree;
    this.names = names(tree);
  }

  static PictureListing of(FileTree tree) throws IOException {
    WebDataset dataset = new WebDataset(tree);
    for (Map.Entry<String, Map<String, TreeFile>> sample : dataset.samples().entrySet()) {
      dataset.add(sample.getKey(), sample.getValue());
    }
    dataset.addWithoutClass();
    return dataset.listing.build(EXPECTED);
  }

  /** The files of each sample by their endings. */
  private Map<String, Map<String, TreeFile>> samples() {
    Map<String, Map<String, TreeFile>> samples = new TreeMap<>();
    for (TreeFile file : tree.files()) {
      if (!isNames(file)) {
        int name = file.path().lastIndexOf('/') + 1;
        int dot = file.path().indexOf('.', name);
        int end = dot < 0 ? file.path().length() : dot;
        String ending = file.path().substring(Math.min(end + 1, file.path().length()));
        TreeFile before =
            samples
                .computeIfAbsent(file.path().substring(0, end), key -> new TreeMap<>())
                .putIfAbsent(ending.toLowerCase(Locale.ROOT), file);
        if (before != null) {
          leaveOutBeside(before, file);
        }
      }
    }
    return samples;
  }

  private void leaveOutBeside(TreeFile first, TreeFile file) {
    listing.leaveOut(file.path(), "its sample has '%s' already".formatted(first.path()));
  }

  private static boolean isNames(TreeFile file) {
    String path = file.path();
    return path.substring(path.lastIndexOf('/') + 1).equals("classnames.txt");
  }

  private static List<String> names(FileTree tree) throws IOException {
    Optional<TreeFile> file = tree.files().stream().filter(WebDataset::isNames).findFirst();
    if (file.isEmpty()) {
      return List.of();
    }
    try {
      return text(tree, file.get()).strip().lines().toList();
    } catch (BrokenPictureException e) {
      throw new UnusableDatasetException("no names of classes: " + e.getMessage(), e);
    }
  }

  private void add(String key, Map<String, TreeFile> sample) throws IOException {
    List<TreeFile> pictures =
        PICTURES.stream().filter(sample::containsKey).map(sample::get).toList();
    if (pictures.isEmpty()) {
      listing.leaveOut(key, "no picture among its files %s".formatted(sample.keySet()));
      return;
    }
    TreeFile picture = pictures.get(0);
    pictures.stream().skip(1).forEach(file -> leaveOutBeside(picture, file));
    try {
      add(picture, sample);
    } catch (BrokenPictureException e) {
      listing.leaveOut(picture.path(), e.getMessage());
    }
  }

  private void add(TreeFile picture, Map<String, TreeFile> sample) throws IOException {
    ObjectNode fields = fields(sample);
    List<String> captions = captions(sample, fields);
    Optional<String> label = label(sample, fields);
    hasClasses |= label.isPresent();
    if (label.isPresent()) {
      listing.add(picture, className(label.get()), captions);
    } else if (captions.isEmpty()) {
      throw new BrokenPictureException(NO_CLASS);
    } else {
      withoutClass.add(new Captioned(picture, captions));
    }
  }

  /** Beside samples that have a class, one that has none lacks it. */
  private void addWithoutClass() {
    for (Captioned sample : withoutClass) {
      if (hasClasses) {
        listing.leaveOut(sample.picture().path(), NO_CLASS);
      } else {
        listing.add(sample.picture(), CaptionTable.NO_CLASS, sample.captions());
      }
    }
  }

  private String className(String label) {
    if (names.isEmpty() || !label.matches("[0-9]{1,9}")) {
      return label;
    }
    int number = Integer.parseInt(label);
    if (number >= names.size()) {
      throw new BrokenPictureException(
          "class %d, but classnames.txt has %d lines".formatted(number, names.size()));
    }
    return names.get(number);
  }

  private Optional<String> label(Map<String, TreeFile> sample, ObjectNode fields)
      throws IOException {
    if (sample.containsKey("cls")) {
      return Optional.of(text(tree, sample.get("cls")).strip()).filter(text -> !text.isEmpty());
    }
    return ImageTable.first(fields, JSON_FIELDS);
  }

  private List<String> captions(Map<String, TreeFile> sample, ObjectNode fields)
      throws IOException {
    return sample.containsKey("txt")
        ? text(tree, sample.get("txt"))
            .lines()
            .flatMap(line -> CaptionTable.plain(line).stream())
            .toList()
        : CaptionTable.captions(fields);
  }

  /** Of its {@code .json}; none where there is none, or all that it could say stands beside it. */
  private ObjectNode fields(Map<String, TreeFile> sample) throws IOException {
    boolean isTold = sample.containsKey("cls") && sample.containsKey("txt");
    if (isTold || !sample.containsKey("json")) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      return JSON.readTree(text(tree, sample.get("json"))) instanceof ObjectNode fields
          ? fields
          : JsonNodeFactory.instance.objectNode();
    } catch (JsonProcessingException e) {
      throw new BrokenPictureException("its .json is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static String text(FileTree tree, TreeFile file) throws IOException {
    if (file.bytes() > LONGEST_TEXT) {
      throw new BrokenPictureException(
          "'%s' is longer than %,d bytes, the most beside a picture"
              .formatted(file.path(), LONGEST_TEXT));
    }
    try {
      return Utf8.decode(tree.read(file));
    } catch (CharacterCodingException e) {
      throw new BrokenPictureException("'%s' is not UTF-8".formatted(file.path()), e);
    }
  }
}
