package dev.kedge.standalone.demo;

import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Draws the demo's data: for every part and style a tar of {@code CLASS/NAME.png}. A picture
 * depends on the seed and its own name alone.
 */
public final class DemoPictures {
  /** Pixels of an edge. */
  public static final int SIZE = 32;

  /** Pictures of each class in each style. */
  private static final SortedMap<String, Integer> PARTS =
      new TreeMap<>(Map.of("pretrain", 200, "train", 40, "test", 60));

  private final long seed;

  /** Pictures of a seed: the same seed, the same bytes. */
  public DemoPictures(long seed) {
    this.seed = seed;
  }

  /** The styles' names, one data set each. */
  public static List<String> domains() {
    return Arrays.stream(Style.values()).map(Style::label).toList();
  }

  /** The class names, sorted. */
  public static List<String> classes() {
    return Arrays.stream(Thing.values()).map(Thing::label).toList();
  }

  /**
   * Writes all data sets.
   *
   * @return a tar for each style and part, by the data set's name
   */
  Map<String, Path> writeAll(Path folder) throws IOException {
    Map<String, Path> tars = new LinkedHashMap<>();
    for (String domain : domains()) {
      for (Map.Entry<String, Integer> part : PARTS.entrySet()) {
        String name = domain + "-" + part.getKey();
        Path tar = folder.resolve(name + ".tar");
        write(tar, part.getKey(), domain, part.getValue());
        tars.put(name, tar);
      }
    }
    return tars;
  }

  /**
   * Writes one data set.
   *
   * @param part what the pictures are for, for example {@code train}; other parts have other
   *     pictures
   * @param domain one of {@link #domains}
   * @param perClass pictures of each class
   */
  public void write(Path tar, String part, String domain, int perClass) throws IOException {
    try (TarArchiveOutputStream out =
        new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(tar)))) {
      for (Thing thing : Thing.values()) {
        for (int i = 0; i < perClass; i++) {
          String name = "%s/%s-%04d.png".formatted(thing.label(), part, i);
          append(out, name, picture(style(domain), thing, part, i));
        }
      }
    }
  }

  private static Style style(String domain) {
    return Arrays.stream(Style.values())
        .filter(style -> style.label().equals(domain))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no domain '%s'; there are %s".formatted(domain, domains())));
  }

  BufferedImage picture(Style style, Thing thing, String part, int number) {
    SplittableRandom random =
        new SplittableRandom(List.of(seed, style.label(), thing.label(), part, number).hashCode());
    return style.draw(Scene.of(thing, random), random).picture();
  }

  private static void append(TarArchiveOutputStream out, String name, BufferedImage picture)
      throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", png);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(png.size());
    entry.setModTime(0L);
    out.putArchiveEntry(entry);
    png.writeTo(out);
    out.closeArchiveEntry();
  }
}
