package dev.kedge.testing;

import dev.kedge.data.source.FileTree;
import dev.kedge.data.text.TextFormat;
import dev.kedge.data.text.TextPreparation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Prepared texts about the colours of things: enough for a small language model to learn from. */
public final class SmallTexts {
  private static final List<String> THINGS =
      List.of("sky", "grass", "rose", "coal", "snow", "sand");
  private static final List<String> COLOURS =
      List.of("blue", "green", "red", "black", "white", "yellow");

  private SmallTexts() {}

  /** Documents of ten sentences each, {@code the sky is blue.} among them. */
  public static Path documents(Path folder, int count, long seed) throws IOException {
    Path source = Files.createDirectories(folder.resolve("texts"));
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      var text = new StringBuilder();
      for (int j = 0; j < 10; j++) {
        int thing = random.nextInt(THINGS.size());
        text.append("the %s is %s. ".formatted(THINGS.get(thing), COLOURS.get(thing)));
      }
      Files.writeString(source.resolve("%03d.txt".formatted(i)), text.toString().strip());
    }
    return prepared(source, TextFormat.TEXT, folder);
  }

  /**
   * Records with the fields {@code id}, {@code question}, {@code choices} and, its place among
   * these, {@code answer}.
   */
  public static Path questions(Path folder, int count, long seed) throws IOException {
    Path source = Files.createDirectories(folder.resolve("records"));
    Random random = new Random(seed);
    var lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      int thing = random.nextInt(THINGS.size());
      int other = (thing + 1 + random.nextInt(THINGS.size() - 1)) % THINGS.size();
      int answer = random.nextInt(2);
      List<String> choices =
          answer == 0
              ? List.of(COLOURS.get(thing), COLOURS.get(other))
              : List.of(COLOURS.get(other), COLOURS.get(thing));
      lines.append(
          "{\"id\": \"q%d\", \"question\": \"what colour is the %s?\", \"choices\": [\"%s\", \"%s\"], \"answer\": %d}%n"
              .formatted(i, THINGS.get(thing), choices.get(0), choices.get(1), answer));
    }
    Files.writeString(source.resolve("questions.jsonl"), lines.toString());
    return prepared(source, TextFormat.RECORDS, folder);
  }

  private static Path prepared(Path source, TextFormat format, Path folder) throws IOException {
    Path target = folder.resolve("prepared-" + format);
    try (FileTree tree = FileTree.open(source, folder)) {
      new TextPreparation(0).prepare(tree, format, target, (done, quarantined) -> {});
    }
    return target;
  }
}
