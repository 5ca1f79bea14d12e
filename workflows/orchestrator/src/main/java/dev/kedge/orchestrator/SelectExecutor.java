package dev.kedge.orchestrator;

import dev.kedge.report.Choice;
import dev.kedge.report.Selection;
import dev.kedge.stage.FoundRecipes;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageExecutor;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.stage.v1.SelectSpec;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.Study;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;

/** Applies the rule of selection and keeps the choice, with the recipe of what it recommends. */
@ApplicationScoped
public class SelectExecutor implements StageExecutor {
  /** Seed of the bootstrap that gives the rule its standard errors; a part of the algorithm. */
  private static final long SEED = 0;

  @Override
  public StageKind kind() {
    return StageKind.SELECT;
  }

  @Override
  public StageOutput execute(StageSpec spec, StageContext context) throws IOException {
    Choice choice = choose(spec.getSelect(), context);
    context.info("recommends '%s': %s".formatted(choice.label(), choice.rule()));
    Recipe recipe = new FoundRecipes(context).in(recipe(choice, spec.getSelect().getStudy()));
    return new SelectionFolder(context.scratch()).write(choice, recipe);
  }

  private static Choice choose(SelectSpec spec, StageContext context) {
    try {
      return Selection.choose(
          new StudyResults(spec.getStudy(), context).evidence(),
          spec.getRule().getWithinPointsOfBestSpeciality(),
          SEED);
    } catch (IllegalArgumentException e) {
      throw StageException.user("BAD_STUDY", "the SELECT stage: " + e.getMessage(), e);
    }
  }

  private static Recipe recipe(Choice choice, Study study) {
    return study.getPointsList().stream()
        .filter(point -> point.getCandidate().equals(choice.candidate()))
        .map(Study.Point::getRecipe)
        .findFirst()
        .orElseThrow();
  }
}
