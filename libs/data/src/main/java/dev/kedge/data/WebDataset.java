package dev.kedge.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.source.TreeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * WebDataset shards: the files of a sample share their path up to the first dot of the name. A
 * sample's class is the text of its {@code .cls}, or {@code class_name}, {@code class}, {@code
 * label} or {@code cls} in its {@code .json}; a number is looked up in {@code classnames.txt} where
 * there is such a file, a class a line.
 */
final class WebDataset {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> PICTURES = List.of("jpg", "jpeg", "png", "webp", "gif");
  private static final List<String> JSON_FIELDS = List.of("class_name", "class", "label", "cls");
  private static final int LONGEST_LABEL = 1 << 20;
  private static final String EXPECTED =
      "WEBDATASET data has KEY.jpg beside KEY.cls or a class in KEY.json";

  private final FileTree tree;
  private final List<String> names;
  private final ListingBuilder listing = new ListingBuilder();

  private WebDataset(FileTree tree) throws IOException {
    this.tree = tree;
    this.names = names(tree);
  }

  static PictureListing of(FileTree tree) throws IOException {
    WebDataset dataset = new WebDataset(tree);
    for (Map.Entry<String, Map<String, TreeFile>> sample : samples(tree).entrySet()) {
      dataset.add(sample.getKey(), sample.getValue());
    }
    return dataset.listing.build(EXPECTED);
  }

  private static Map<String, Map<String, TreeFile>> samples(FileTree tree) {
    Map<String, Map<String, TreeFile>> samples = new TreeMap<>();
    for (TreeFile file : tree.files()) {
      if (!isNames(file)) {
        int name = file.path().lastIndexOf('/') + 1;
        int dot = file.path().indexOf('.', name);
        int end = dot < 0 ? file.path().length() : dot;
        String ending = file.path().substring(Math.min(end + 1, file.path().length()));
        samples
            .computeIfAbsent(file.path().substring(0, end), key -> new TreeMap<>())
            .put(ending.toLowerCase(Locale.ROOT), file);
      }
    }
    return samples;
  }

  private static boolean isNames(TreeFile file) {
    String path = file.path();
    return path.substring(path.lastIndexOf('/') + 1).equals("classnames.txt");
  }

  private static List<String> names(FileTree tree) throws IOException {
    Optional<TreeFile> file = tree.files().stream().filter(WebDataset::isNames).findFirst();
    return file.isEmpty() ? List.of() : text(tree, file.get()).strip().lines().toList();
  }

  private void add(String key, Map<String, TreeFile> sample) throws IOException {
    Optional<TreeFile> picture =
        PICTURES.stream().flatMap(e -> find(sample, e).stream()).findFirst();
    if (picture.isEmpty()) {
      listing.leaveOut(key, "no picture among its files %s".formatted(sample.keySet()));
      return;
    }
    try {
      listing.add(picture.get(), className(sample));
    } catch (BrokenPictureException e) {
      listing.leaveOut(picture.get().path(), e.getMessage());
    }
  }

  private static Optional<TreeFile> find(Map<String, TreeFile> sample, String ending) {
    return Optional.ofNullable(sample.get(ending));
  }

  private String className(Map<String, TreeFile> sample) throws IOException {
    String label = label(sample);
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

  private String label(Map<String, TreeFile> sample) throws IOException {
    String label =
        sample.containsKey("cls")
            ? text(tree, sample.get("cls")).strip()
            : sample.containsKey("json") ? labelOf(text(tree, sample.get("json"))) : "";
    if (label.isBlank()) {
      throw new BrokenPictureException("no .cls beside it, and no class in a .json");
    }
    return label;
  }

  private static String labelOf(String json) {
    try {
      JsonNode fields = JSON.readTree(json);
      return JSON_FIELDS.stream()
          .map(fields::path)
          .filter(JsonNode::isValueNode)
          .map(JsonNode::asText)
          .findFirst()
          .orElse("");
    } catch (JsonProcessingException e) {
      throw new BrokenPictureException("its .json is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static String text(FileTree tree, TreeFile file) throws IOException {
    if (file.bytes() > LONGEST_LABEL) {
      throw new BrokenPictureException("'%s' is longer than any label".formatted(file.path()));
    }
    return new String(tree.read(file), StandardCharsets.UTF_8);
  }
}
