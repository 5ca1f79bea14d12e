package dev.kedge.plan;

import dev.kedge.stage.v1.ClassName;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.EvaluateSpec.Suite.Images;
import dev.kedge.v1.ClassSet;
import dev.kedge.v1.Evaluation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tests of classifiers with the contract's defaults filled in. */
final class PictureTests {
  private PictureTests() {}

  /** The test of the data's own classes, under their own names; without its id. */
  static EvaluateSpec.Suite plain(DatasetPart data, List<String> templates) {
    return suite(data, Images.newBuilder().addAllTemplates(templates));
  }

  /** The suite without its id. */
  static EvaluateSpec.Suite suite(Evaluation test, DatasetPart data, List<String> templates) {
    Images.Builder images =
        Images.newBuilder()
            .addAllTemplates(test.getTemplatesCount() == 0 ? templates : test.getTemplatesList())
            .addAllNamed(named(names(test)))
            .addAllClasses(classes(test));
    new TreeMap<>(test.getClassMapMap())
        .forEach((id, set) -> images.addStandInsBuilder().setId(id).addAllAnyOf(ordered(set)));
    return suite(data, images);
  }

  private static EvaluateSpec.Suite suite(DatasetPart data, Images.Builder images) {
    return EvaluateSpec.Suite.newBuilder().setData(data).setImages(images).build();
  }

  /** What is chosen among, sorted; empty for the data's own classes. */
  static Set<String> classes(Evaluation test) {
    return new TreeSet<>(
        test.getClassesCount() == 0 ? test.getClassMapMap().keySet() : test.getClassesList());
  }

  /** Classes of the task that are asked about in the place of one of the data's. */
  static Collection<String> standIns(Evaluation test, String id) {
    ClassSet set = test.getClassMapMap().get(id);
    return set == null ? List.of(id) : ordered(set);
  }

  private static Set<String> ordered(ClassSet set) {
    return new TreeSet<>(set.getAnyOfList());
  }

  /** Names in the contract's order. */
  static List<ClassName> named(Map<String, String> names) {
    List<ClassName> named = new ArrayList<>();
    new TreeMap<>(names)
        .forEach((id, name) -> named.add(ClassName.newBuilder().setId(id).setName(name).build()));
    return named;
  }

  /** What is needed of the names; a class with one stand-in may have that one's. */
  private static Map<String, String> names(Evaluation test) {
    Set<String> classes = classes(test);
    if (classes.isEmpty()) {
      return test.getClassNamesMap();
    }
    Map<String, String> names = new TreeMap<>();
    for (String id : classes) {
      name(test, id).ifPresent(name -> names.put(id, name));
    }
    return names;
  }

  private static Optional<String> name(Evaluation test, String id) {
    Map<String, String> names = test.getClassNamesMap();
    Collection<String> standIns = standIns(test, id);
    String only = standIns.size() == 1 ? standIns.iterator().next() : id;
    return Optional.ofNullable(names.getOrDefault(id, names.get(only)));
  }
}
