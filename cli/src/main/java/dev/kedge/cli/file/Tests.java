package dev.kedge.cli.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.kedge.cli.UserMistakeException;
import dev.kedge.v1.ExperimentSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tests as the command line names them.
 *
 * @param tests in their order
 */
public record Tests(List<Test> tests) {
  /**
   * One test.
   *
   * @param suite how; the data's own way where there is none
   * @param dataset {@code NAME} or {@code NAME/versions/V}
   */
  record Test(Optional<String> suite, String dataset) {
    static Test parse(String given) {
      int equals = given.lastIndexOf('=');
      String dataset = given.substring(equals + 1).replaceFirst("^datasets/", "");
      if (dataset.isEmpty() || equals == 0) {
        throw new UserMistakeException(
            "`%s` is no test: write DATASET or SUITE=DATASET".formatted(given));
      }
      Optional<String> suite =
          equals > 0
              ? Optional.of(given.substring(0, equals))
              : Optional.of(dataset).filter(SuiteDefinition.builtIn()::contains);
      return new Test(suite, dataset);
    }

    /** The data's name as an id. */
    String id() {
      return dataset.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
  }

  public Tests {
    tests = List.copyOf(tests);
  }

  /**
   * Reads tests.
   *
   * @param given each {@code DATASET} or {@code SUITE=DATASET}
   */
  public static Tests of(List<String> given) {
    return new Tests(given.stream().map(Test::parse).toList());
  }

  /**
   * The experiment that tests a model and learns nothing.
   *
   * @param model {@code models/NAME}, with an alias, a version or neither
   * @throws InvalidFileException if a suite is not known
   */
  public ExperimentSpec on(String model) {
    var file = new JsonObject();
    file.addProperty("base", model);
    var evaluations = new JsonArray();
    List<String> ids = ids();
    for (int i = 0; i < ids.size(); i++) {
      var evaluation = new JsonObject();
      evaluation.addProperty("id", ids.get(i));
      tests.get(i).suite().ifPresent(suite -> evaluation.addProperty("suite", suite));
      evaluation.addProperty("dataset", "datasets/" + tests.get(i).dataset());
      evaluation.addProperty("role", "GENERALITY");
      evaluations.add(evaluation);
    }
    file.add("evaluations", evaluations);
    // JSON is YAML; here suites are put in the place of their names.
    return ExperimentFile.ofText("the tests", file.toString()).spec();
  }

  /** The data's names; where two tests have the same data, with their places. */
  private List<String> ids() {
    List<String> ids = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Test test : tests) {
      String id = test.id();
      for (int i = 2; !taken.add(id); i++) {
        id = "%s-%d".formatted(test.id(), i);
      }
      ids.add(id);
    }
    return ids;
  }
}
