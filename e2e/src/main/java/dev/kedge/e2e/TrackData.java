package dev.kedge.e2e;

import dev.kedge.standalone.demo.DemoPictures;
import dev.kedge.standalone.demo.DemoTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The data of the tracks, small, the same each time. */
final class TrackData {
  private static final Map<String, Integer> PICTURES =
      Map.of("pretrain", 60, "train", 40, "test", 20);

  private TrackData() {}

  /**
   * Writes the data sets of some tracks.
   *
   * @param tracks {@code vision}, {@code language}, or both
   * @return files and folders by the names that the experiment files know them under
   */
  static Map<String, Path> write(Path folder, Collection<String> tracks) throws IOException {
    Files.createDirectories(folder);
    Map<String, Path> data = new TreeMap<>();
    if (tracks.contains("language")) {
      data.putAll(new DemoTexts(1).writeAll(folder));
    }
    if (tracks.contains("vision")) {
      data.putAll(pictures(folder));
    }
    return data;
  }

  private static Map<String, Path> pictures(Path folder) throws IOException {
    Map<String, Path> data = new TreeMap<>();
    DemoPictures drawer = new DemoPictures(1);
    for (String style : DemoPictures.domains()) {
      for (Map.Entry<String, Integer> part : new TreeMap<>(PICTURES).entrySet()) {
        String name = style + "-" + part.getKey();
        Path tar = folder.resolve(name + ".tar");
        drawer.write(tar, part.getKey(), style, part.getValue());
        data.put(name, tar);
      }
    }
    return data;
  }
}
