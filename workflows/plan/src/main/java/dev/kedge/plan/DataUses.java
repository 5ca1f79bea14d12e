package dev.kedge.plan;

import dev.kedge.stage.v1.OverlapSpec.Purpose;
import dev.kedge.v1.Contrastive;
import dev.kedge.v1.Evaluation;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Instruction;
import dev.kedge.v1.LanguageTest;
import dev.kedge.v1.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every place in a file that names data, and what for. */
record DataUses(ExperimentSpec spec) {
  /** All of them, in an order in which no test comes before what it must differ from. */
  List<DataUse> all() {
    return Stream.of(sources(), calibration(), shots(), tests()).flatMap(List::stream).toList();
  }

  /** What is learnt from. */
  List<DataUse> sources() {
    List<DataUse> uses = new ArrayList<>();
    List<Contrastive.Source> sources = spec.getTask().getContrastive().getSourcesList();
    for (int i = 0; i < sources.size(); i++) {
      String path = Problems.at("task.contrastive.sources", i) + ".dataset";
      uses.add(training(sources.get(i).getDataset(), path, List.of()));
    }
    if (spec.getTask().hasImageClassification()) {
      uses.add(
          training(
              spec.getTask().getImageClassification().getTrain(),
              "task.image_classification.train",
              List.of()));
    }
    if (spec.getTask().hasInstruction()) {
      Instruction task = spec.getTask().getInstruction();
      uses.add(training(task.getTrain(), "task.instruction.train", templates(task)));
    }
    List<String> texts = spec.getTask().getLanguageModelling().getSourcesList();
    for (int i = 0; i < texts.size(); i++) {
      String path = Problems.at("task.language_modelling.sources", i);
      uses.add(training(texts.get(i), path, List.of(LanguageTests.PLAIN)));
    }
    return uses;
  }

  private static DataUse training(String reference, String path, List<String> templates) {
    return new DataUse(reference, path, Purpose.TRAINING, templates);
  }

  private static List<String> templates(Instruction task) {
    return List.of(task.getPrompt(), task.getAnswer());
  }

  /** What stands for the old knowledge. */
  List<DataUse> calibration() {
    List<DataUse> uses = new ArrayList<>();
    for (int i = 0; i < spec.getMethodsCount(); i++) {
      Method method = spec.getMethods(i);
      for (MethodPart part : MethodParts.of(method)) {
        String path = "%s.%s.calibration".formatted(Problems.at("methods", i), part.name());
        part.calibration(method)
            .map(name -> new DataUse(name, path, Purpose.CALIBRATION, ofCalibration()))
            .ifPresent(uses::add);
      }
    }
    for (int i = 0; i < spec.getAveragesCount(); i++) {
      if (spec.getAverages(i).hasFisher()) {
        String data = spec.getAverages(i).getFisher().getCalibration();
        String path = Problems.at("averages", i) + ".fisher.calibration";
        uses.add(new DataUse(data, path, Purpose.CALIBRATION, ofCalibration()));
      }
    }
    return uses;
  }

  private List<String> ofCalibration() {
    return spec.getTask().hasInstruction()
        ? templates(spec.getTask().getInstruction())
        : List.of(LanguageTests.PLAIN);
  }

  /** What solved records are drawn from. */
  List<DataUse> shots() {
    List<DataUse> uses = new ArrayList<>();
    for (int i = 0; i < spec.getEvaluationsCount(); i++) {
      LanguageTest test = spec.getEvaluations(i).getLanguage();
      if (test.hasShots()) {
        String path = Problems.at("evaluations", i) + ".language.shots.dataset";
        uses.add(
            new DataUse(test.getShots().getDataset(), path, Purpose.EXAMPLES, templates(test)));
      }
    }
    return uses;
  }

  /** What is tested. */
  List<DataUse> tests() {
    List<DataUse> uses = new ArrayList<>();
    for (int i = 0; i < spec.getEvaluationsCount(); i++) {
      Evaluation test = spec.getEvaluations(i);
      uses.add(
          new DataUse(
              test.getDataset(),
              Problems.at("evaluations", i) + ".dataset",
              Purpose.valueOf(Suites.useOf(test).name()),
              test.getId(),
              templates(test.getLanguage()),
              List.copyOf(PictureTests.classes(test))));
    }
    return uses;
  }

  private static List<String> templates(LanguageTest test) {
    List<String> templates = new ArrayList<>();
    templates.add(test.getPrompt());
    templates.add(LanguageTests.answer(test));
    templates.addAll(test.getChoicesList());
    templates.add(test.getLabel());
    templates.addAll(test.getLabelsList());
    return templates;
  }
}
