package dev.kedge.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.kedge.stage.v1.ClassName;
import dev.kedge.stage.v1.EvaluateSpec.Suite.Images;
import dev.kedge.v1.ExperimentSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureTestsTest {
  private static final String ART = "{\"id\": \"art\"";

  private static String art(String fields) {
    assertThat(Files.SMALL).contains(ART);
    return Files.SMALL.replace(ART, ART + ", " + fields);
  }

  private static Images planned(String json) {
    ExperimentSpec spec = Files.parse(json);
    return Planner.plan("", spec, FixedCatalog.of(spec).resolution())
        .stage("evaluate-base")
        .spec()
        .getEvaluate()
        .getSuitesList()
        .stream()
        .filter(suite -> suite.getId().equals("art"))
        .findFirst()
        .orElseThrow()
        .getImages();
  }

  private static List<String> problems(String json, String... classes) {
    ExperimentSpec spec = Files.parse(json);
    FixedCatalog catalog = FixedCatalog.of(spec);
    catalog.add("datasets/art-test", "sha256:art", List.of(classes));
    return ExperimentRules.check(spec, catalog).stream().map(Problem::toString).toList();
  }

  @Test
  void namesAndClassesAreSortedSoThatEqualSuitesAreEqualBytes() {
    Images images =
        planned(
            art(
                "\"class_names\": {\"b\": \"bee\", \"a\": \"ape\", \"z\": \"zoo\"}, \"classes\": [\"b\", \"a\"]"));
    assertThat(images.getClassesList()).containsExactly("a", "b");
    assertThat(images.getNamedList())
        .as("what is not asked for needs no name")
        .extracting(ClassName::getId, ClassName::getName)
        .containsExactly(tuple("a", "ape"), tuple("b", "bee"));
  }

  @Test
  void aMapSaysWhatIsChosenAmongAndGivesItsNames() {
    Images images =
        planned(
            art(
                "\"class_map\": {\"1\": {\"any_of\": [\"dog\"]}, \"0\": {\"any_of\": [\"lynx\", \"cat\"]}},"
                    + " \"class_names\": {\"dog\": \"hound\", \"cat\": \"tiger\"}"));
    assertThat(images.getClassesList()).containsExactly("0", "1");
    assertThat(images.getNamedList())
        .extracting(ClassName::getId, ClassName::getName)
        .containsExactly(tuple("1", "hound"));
    assertThat(images.getStandIns(0).getAnyOfList()).containsExactly("cat", "lynx");
  }

  @Test
  void classesAndDataFitWhereOneHasAllOfTheOther() {
    assertThat(problems(art("\"classes\": [\"cat\", \"dog\"]"), "cat", "dog", "owl")).isEmpty();
    assertThat(problems(art("\"classes\": [\"cat\", \"dog\", \"owl\"]"), "cat", "dog")).isEmpty();
    assertThat(problems(art("\"classes\": [\"cat\", \"dgo\"]"), "cat", "dog"))
        .containsExactly(
            "evaluations[1].classes: datasets/art-test lacks [dgo], and [dog] are not asked for:"
                + " leave one or the other out");
    assertThat(
            problems(
                art(
                    "\"class_map\": {\"0\": {\"any_of\": [\"cat\"]}, \"3\": {\"any_of\": [\"dog\"]}}"),
                "1",
                "2"))
        .singleElement()
        .asString()
        .startsWith("evaluations[1].class_map: datasets/art-test lacks [0, 3], and [1, 2]");
  }

  @Test
  void amongOneClassThereIsNothingToChoose() {
    assertThat(problems(Files.SMALL, "pics"))
        .containsExactly(
            "evaluations[1].dataset: datasets/art-test has the classes [pics], and among fewer than"
                + " two every choice is right: put the pictures of each class into a folder named by"
                + " it, or, where a list or table beside them names their classes, import them with"
                + " `--format image_table`");
    assertThat(problems(art("\"classes\": [\"cat\"]"), "cat", "dog"))
        .containsExactly(
            "evaluations[1].classes: [cat] is one class, and among one every choice is right: name at"
                + " least two");
    assertThat(problems(art("\"class_map\": {\"0\": {\"any_of\": [\"cat\"]}}"), "0"))
        .singleElement()
        .asString()
        .startsWith("evaluations[1].class_map: [0] is one class");
    assertThat(problems(art("\"classes\": [\"cat\", \"dog\"]"), "cat"))
        .as("a part of the classes may be all that the data has")
        .isEmpty();
  }

  @Test
  void captionsAreNoClasses() {
    ExperimentSpec spec = Files.parse(Files.SMALL);
    FixedCatalog catalog = FixedCatalog.of(spec);
    catalog.addCaptioned("datasets/art-test");
    catalog.addCaptioned("datasets/photo-train");
    assertThat(ExperimentRules.check(spec, catalog))
        .extracting(Problem::toString)
        .anyMatch(
            problem ->
                problem.startsWith("task.image_classification.train: datasets/photo-train has"))
        .anyMatch(
            problem ->
                problem.startsWith(
                        "evaluations[1].dataset: datasets/art-test has the classes [picture]")
                    && problem.contains("captions are no classes"));
  }

  @Test
  void namesAreOfTheDataOrOfAllAndMore() {
    assertThat(problems(art("\"class_names\": {\"cat\": \"tiger\"}"), "cat", "dog")).isEmpty();
    assertThat(
            problems(
                art("\"class_names\": {\"cat\": \"a\", \"dog\": \"b\", \"owl\": \"c\"}"),
                "cat",
                "dog"))
        .isEmpty();
    assertThat(problems(art("\"class_names\": {\"cta\": \"tiger\"}"), "cat", "dog"))
        .containsExactly(
            "evaluations[1].class_names.cta: `cta` is not among the classes [cat, dog]");
  }

  @Test
  void aMapNamesSomethingAndWhatIsAskedFor() {
    assertThat(
            problems(
                art("\"class_map\": {\"cat\": {}, \"dog\": {\"any_of\": [\"dog\"]}}"),
                "cat",
                "dog"))
        .singleElement()
        .asString()
        .startsWith("evaluations[1].class_map.cat.any_of: missing");
    assertThat(
            problems(
                art(
                    "\"classes\": [\"dog\", \"owl\"], \"class_map\": {\"cat\": {\"any_of\": [\"lynx\"]}}"),
                "cat",
                "dog",
                "owl"))
        .singleElement()
        .asString()
        .startsWith("evaluations[1].class_map.cat: `cat` is not among `classes`");
  }

  @Test
  void specialityIsAskedAboutInTheTasksClasses() {
    String speciality =
        Files.SMALL.replace(
            "{\"id\": \"photo\"",
            "{\"id\": \"photo\", \"class_map\": {\"0\": {\"any_of\": [\"cat\"]}, \"1\": {\"any_of\": [\"lynx\"]}}");
    ExperimentSpec spec = Files.parse(speciality);
    FixedCatalog catalog = FixedCatalog.of(spec);
    catalog.add("datasets/photo-test", "sha256:photo", List.of("0", "1"));
    assertThat(ExperimentRules.check(spec, catalog))
        .singleElement()
        .hasToString(
            "evaluations[0].dataset: the classes [lynx] of datasets/photo-test are not among the"
                + " task's, which are [cat, dog]");
  }

  @Test
  void ofManyClassesAMessageShowsSome() {
    assertThat(ClassNameRules.some(List.of("a", "b", "c", "d", "e", "f", "g")))
        .isEqualTo("[a, b, c, d, e] and 2 more");
  }
}
