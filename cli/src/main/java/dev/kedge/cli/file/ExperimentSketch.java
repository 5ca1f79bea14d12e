package dev.kedge.cli.file;

import dev.kedge.cli.UserMistakeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An experiment of which little is known: what it starts from, what it learns, and what tests it.
 * The rest is what one would begin with: full fine-tuning beside a few protections, and averages of
 * them, which cost no training.
 *
 * @param base the model's name, maybe with an alias or a version
 * @param train the data set's name
 * @param tests names of data sets that test what is learnt
 * @param kept names of data sets that test everything else
 */
public record ExperimentSketch(
    Task task, String base, String train, List<String> tests, List<String> kept) {
  private static final Pattern NAME =
      Pattern.compile("([a-z][a-z0-9-]{0,62})(@[a-z][a-z0-9-]{0,62}|/versions/[1-9][0-9]*)?");

  /** What kind of task. */
  public enum Task {
    /** Labelled pictures, for a CLIP. */
    PICTURES(
        """
          image_classification:
            train: datasets/%s
            validation_fraction: 0.1       # held back of every class, to choose by
            templates: ["a photo of a {}."]   # prompts that the classes' head is made from
        """,
        "1e-5", ""),
    /** Prompts with answers, for a language model. */
    INSTRUCTIONS(
        """
          instruction:
            train: datasets/%s
            validation_fraction: 0.1       # held back, to choose by
            prompt: "Question: {question}\\nAnswer:"   # {field} is a field of the data's records
            answer: " {answer}"
        """,
        "2e-5", ", language: {prompt: \"Question: {question}\\nAnswer:\", answer: \" {answer}\"}"),
    /** Plain texts, for a language model. */
    TEXTS(
        """
          language_modelling:
            sources: [datasets/%s]         # records with a field `text`
        """,
        "2e-5", ", language: {measure: BITS_PER_BYTE}");

    private final String block;
    private final String learningRate;
    private final String test;

    Task(String block, String learningRate, String test) {
      this.block = block;
      this.learningRate = learningRate;
      this.test = test;
    }
  }

  /**
   * A sketch.
   *
   * @throws UserMistakeException if something that is named is no name, or a test is named twice
   */
  public ExperimentSketch {
    tests = List.copyOf(tests);
    kept = List.copyOf(kept);
    id(base);
    id(train);
    roles(tests, kept);
  }

  /** The file. */
  public String text() {
    return """
        # What is learnt, what protects the old knowledge, and what is measured: an experiment of Kedge.
        base: models/%s
        task:
        %straining:                          # AdamW
          epochs: 3
          batch_size: 32
          learning_rate: %s             # a list is a grid: every point is trained with every seed
          warmup_steps: 5                  # a tenth or so of all steps: epochs × samples / batch_size
          schedule: COSINE
          clip_norm: 1.0
          seeds: [0]                       # more seeds, narrower intervals
        methods:                           # one training for each, and for each point of its lists
          - {id: full, full: {}}           # no protection: what the others are compared with
          - {id: l2, l2: {lambda: [0.1, 1], relative: true}}   # towards the base; 1: as strong as the task's loss
          - {id: kd, kd_logits: {lambda: 1}}                   # towards the base's answers
          - {id: lora, lora: {rank: 8, alpha: 16}}             # few weights
        averages:                          # of base and fine-tuned: no training, and no file before it is chosen
          - {id: wise, wise_ft: {alphas: [0.2, 0.4, 0.6, 0.8]}, of: [full, l2]}
        evaluations:                       # SPECIALITY is the new task, GENERALITY all that should be kept
        %s# Data with `use: SELECT` chooses the recommended checkpoint; data that is reported never does.
        #  - {id: kept-dev, dataset: datasets/NAME, role: GENERALITY, use: SELECT}
        selection: {maximise: GENERALITY, within_points_of_best_speciality: 1.0}
        """
        .formatted(base, task.block.formatted(train), task.learningRate, evaluations());
  }

  private String evaluations() {
    return roles(tests, kept).entrySet().stream()
        .map(
            test ->
                "  - {id: %s, dataset: datasets/%s, role: %s%s}%n"
                    .formatted(id(test.getKey()), test.getKey(), test.getValue(), task.test))
        .collect(Collectors.joining());
  }

  /** Roles of data sets, in the order in which they were named. */
  private static Map<String, String> roles(List<String> tests, List<String> kept) {
    Map<String, String> roles = new LinkedHashMap<>();
    tests.forEach(test -> add(roles, test, "SPECIALITY"));
    kept.forEach(test -> add(roles, test, "GENERALITY"));
    return roles;
  }

  private static void add(Map<String, String> roles, String dataset, String role) {
    boolean isTaken = roles.keySet().stream().anyMatch(other -> id(other).equals(id(dataset)));
    if (isTaken) {
      throw new UserMistakeException(
          "%s is named as a test twice: name it once".formatted(dataset));
    }
    roles.put(dataset, role);
  }

  private static String id(String name) {
    var matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new UserMistakeException(
          "`%s` is no name: write NAME, NAME@ALIAS or NAME/versions/V, as `kedge model list` and `kedge dataset list` show them"
              .formatted(name));
    }
    return matcher.group(1);
  }
}
