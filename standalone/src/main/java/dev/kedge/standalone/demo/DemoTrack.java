package dev.kedge.standalone.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** What the demo can show: its data, made by the program, and its story. */
public enum DemoTrack {
  /** Pictures in four styles. */
  VISION(
      "Drawing pictures of a %s, each as %s"
          .formatted(
              String.join(", ", DemoPictures.classes()), String.join(", ", DemoPictures.domains())),
      "Training a small CLIP from random weights on all styles",
      "Fine-tuning it on photos alone, under several methods and seeds") {
    @Override
    public Map<String, Path> write(Path folder, long seed) throws IOException {
      return new DemoPictures(seed).writeAll(folder);
    }
  },
  /** Texts on two subjects. */
  LANGUAGE(
      "Writing texts about the towns of made-up countries, and questions about made-up remedies",
      "Training a small language model from random weights on the towns, with a vocabulary of its own",
      "Fine-tuning it on the remedies alone, under several methods and seeds") {
    @Override
    public Map<String, Path> write(Path folder, long seed) throws IOException {
      return new DemoTexts(seed).writeAll(folder);
    }
  };

  private final String making;
  private final String training;
  private final String tuning;

  DemoTrack(String making, String training, String tuning) {
    this.making = making;
    this.training = training;
    this.tuning = tuning;
  }

  /** The track of a name. */
  public static DemoTrack named(String name) {
    return Arrays.stream(values())
        .filter(track -> track.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no track '%s': use vision or language".formatted(name)));
  }

  /**
   * Writes the data.
   *
   * @return what to import, by the data set's name, in order
   */
  public abstract Map<String, Path> write(Path folder, long seed) throws IOException;

  /** Its name, with which its files begin. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How the data is made, for people. */
  public String making() {
    return making;
  }

  /** How the base is made. */
  public String training() {
    return training;
  }

  /** What is done to it. */
  public String tuning() {
    return tuning;
  }
}
