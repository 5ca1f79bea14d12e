package dev.kedge.standalone;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Data with the folders or the fields of well-known sets, and next to nothing in them.
 *
 * @param folder where it is made
 */
record ShapedData(Path folder) {
  /** The folders of PACS. */
  static final Set<String> PACS =
      Set.of("dog", "elephant", "giraffe", "guitar", "horse", "house", "person");

  /** Records of every data set that has some. */
  static final int SAMPLES = 20;

  /** Pictures in every folder. */
  static final int PICTURES = 2;

  private static final int EDGE = 4;
  private static final String QUESTION = "\"question\": \"q\", ";
  private static final String BY_LABEL = "{\"text\": [\"a\", \"b\"], \"label\": [\"A\", \"B\"]}";

  /** Records by the beginnings of the names of data sets. */
  private static final Map<String, String> RECORDS =
      new TreeMap<>(
          Map.of(
              "arc-",
              QUESTION + "\"choices\": " + BY_LABEL + ", \"answerKey\": \"A\"",
              "ifeval-",
              "\"prompt\": \"Say it.\", \"instruction_id_list\": [\"punctuation:no_comma\"],"
                  + " \"kwargs\": [{}]",
              "instruction-",
              "\"instruction\": \"Say it.\", \"output\": \"It.\"",
              "medmcqa-",
              QUESTION
                  + "\"choices\": [\"a\", \"b\"], \"answer\": 0,"
                  + " \"opa\": \"a\", \"opb\": \"b\", \"opc\": \"c\", \"opd\": \"d\", \"cop\": 0",
              "medqa-",
              QUESTION
                  + "\"options\": {\"A\": \"a\", \"B\": \"b\", \"C\": \"c\", \"D\": \"d\"},"
                  + " \"answer_idx\": \"A\"",
              "openbookqa-",
              "\"question_stem\": \"q\", \"choices\": " + BY_LABEL + ", \"answerKey\": \"A\"",
              "piqa-",
              QUESTION
                  + "\"choices\": [\"a\", \"b\"], \"answer\": 0,"
                  + " \"goal\": \"q\", \"sol1\": \"a\", \"sol2\": \"b\", \"label\": 0",
              "pqa-l-",
              QUESTION + "\"context\": {\"contexts\": [\"c\"]}, \"final_decision\": \"yes\"",
              "pubmedqa-",
              QUESTION + "\"context\": \"c\", \"long_answer\": \"a\", \"answer\": \"yes\""));

  /** Whether a data set of this name is one of texts. */
  static boolean isText(String name) {
    return isPlain(name) || RECORDS.keySet().stream().anyMatch(name::startsWith);
  }

  private static boolean isPlain(String name) {
    return name.startsWith("wiki-");
  }

  /** A folder for each class, with two small pictures that are like no others. */
  Path pictures(String name, Set<String> classes) throws IOException {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (String one : classes) {
      Path of = Files.createDirectories(folder.resolve(name).resolve(one));
      for (int i = 0; i < PICTURES; i++) {
        var picture = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_INT_RGB);
        IntStream.range(0, EDGE * EDGE)
            .forEach(at -> picture.setRGB(at % EDGE, at / EDGE, random.nextInt()));
        ImageIO.write(picture, "png", of.resolve(i + ".png").toFile());
      }
    }
    return folder.resolve(name);
  }

  /** JSON lines with the fields of the set that the name begins with, or a plain text. */
  Path texts(String name) throws IOException {
    Files.createDirectories(folder);
    if (isPlain(name)) {
      return Files.writeString(
          folder.resolve(name + ".txt"), "Some words, read again. ".repeat(50));
    }
    String fields =
        RECORDS.entrySet().stream()
            .filter(shape -> name.startsWith(shape.getKey()))
            .findFirst()
            .orElseThrow()
            .getValue();
    return Files.writeString(
        folder.resolve(name + ".jsonl"),
        IntStream.range(0, SAMPLES)
            .mapToObj(i -> "{\"id\": %d, %s}\n".formatted(i, fields))
            .collect(Collectors.joining()));
  }
}
