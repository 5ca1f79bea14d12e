package dev.kedge.standalone.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Writes the language demo's data: documents about the towns of made-up countries, and questions
 * with answers about these and about made-up remedies. The same seed, the same bytes.
 */
public final class DemoTexts {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SENTENCES = 8;

  private final long seed;
  private final Subject towns;
  private final Subject remedies;

  /** Texts of a seed. */
  public DemoTexts(long seed) {
    this.seed = seed;
    this.towns = Subject.towns(seed);
    this.remedies = Subject.remedies(seed);
  }

  /**
   * Writes all data sets. A subject's third question is asked in tests alone.
   *
   * @return a folder of documents or a file of records, by the data set's name
   */
  public Map<String, Path> writeAll(Path folder) throws IOException {
    Map<String, Path> data = new LinkedHashMap<>();
    data.put("towns-pretrain", documents(folder.resolve("towns-pretrain"), 400));
    data.put("towns-dev", documents(folder.resolve("towns-dev"), 30));
    data.put("towns-test", documents(folder.resolve("towns-test"), 60));
    data.put("town-questions", questions(folder.resolve("town-questions.jsonl"), towns, 0, 2));
    data.put("remedies-train", questions(folder.resolve("remedies-train.jsonl"), remedies, 0, 1));
    data.put("remedies-test", questions(folder.resolve("remedies-test.jsonl"), remedies, 2, 2));
    return data;
  }

  /** Documents that tell facts about towns, and now and then ask and answer a question. */
  private Path documents(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    SplittableRandom random = random(folder);
    for (int i = 0; i < count; i++) {
      Files.writeString(folder.resolve("%03d.txt".formatted(i)), document(random));
    }
    return folder;
  }

  private String document(SplittableRandom random) {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < SENTENCES; i++) {
      int fact = random.nextInt(towns.facts());
      sentences.add(
          random.nextInt(4) == 0
              ? "question: %s answer: %s"
                  .formatted(
                      towns.question(fact, random.nextInt(towns.questions().size())),
                      towns.answers().get(fact))
              : towns.statement(fact, random));
    }
    return String.join("\n", sentences) + "\n";
  }

  /** Every fact, asked in some of the subject's forms. */
  private Path questions(Path file, Subject subject, int firstForm, int lastForm)
      throws IOException {
    SplittableRandom random = random(file);
    var lines = new StringBuilder();
    for (int fact = 0; fact < subject.facts(); fact++) {
      for (int form = firstForm; form <= lastForm; form++) {
        List<String> choices = subject.choices(fact, random);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("id", "%s-%d".formatted(subject.things().get(fact), form));
        record.put("question", subject.question(fact, form));
        record.put("choices", choices);
        record.put("answer", choices.indexOf(subject.answers().get(fact)));
        lines.append(JSON.writeValueAsString(record)).append('\n');
      }
    }
    return Files.writeString(file, lines);
  }

  private SplittableRandom random(Path file) {
    return new SplittableRandom(seed * 31 + file.getFileName().toString().hashCode());
  }
}
