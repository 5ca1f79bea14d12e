package dev.kedge.evaluation;

import dev.kedge.stage.StageContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The judges of a suite, one for each cell.
 *
 * @param judges in the order of the cells
 */
record Jury(List<Judge> judges) {
  static Jury of(Models models, SuiteData suite, List<Cell> cells, StageContext context)
      throws IOException {
    List<Judge> judges = new ArrayList<>();
    for (Cell cell : cells) {
      judges.add(Judge.of(models.get(cell.weights()), suite, cell.candidate().id(), context));
    }
    return new Jury(judges);
  }
}
