package dev.kedge.evaluation;

import dev.kedge.stage.v1.ClassName;
import dev.kedge.stage.v1.EvaluateSpec.Suite.Images;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a suite of pictures chooses among.
 *
 * @param ids the classes, as the data set names them
 * @param names what some of them are called in prompts
 * @param standIns of some, the classes of a model's own head that stand for them
 */
record SuiteClasses(
    List<String> ids, Map<String, String> names, Map<String, List<String>> standIns) {

  /**
   * Those of a suite.
   *
   * @param found the data set's classes, which are all where the suite names none
   */
  static SuiteClasses of(Images suite, List<String> found) {
    return new SuiteClasses(
        suite.getClassesCount() == 0 ? found : List.copyOf(suite.getClassesList()),
        suite.getNamedList().stream()
            .collect(Collectors.toMap(ClassName::getId, ClassName::getName)),
        suite.getStandInsList().stream()
            .collect(
                Collectors.toMap(
                    Images.StandIns::getId, each -> List.copyOf(each.getAnyOfList()))));
  }

  /** The classes' names as prompts use them. */
  List<String> promptNames() {
    return ids.stream().map(id -> names.getOrDefault(id, id)).toList();
  }

  /** Of each class, those of a model's own head that stand for it: itself, or others. */
  List<List<String>> inHead() {
    return ids.stream().map(id -> standIns.getOrDefault(id, List.of(id))).toList();
  }
}
