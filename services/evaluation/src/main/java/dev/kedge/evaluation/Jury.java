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
record Jury(List<Judge> judges) implements AutoCloseable {
  static Jury of(Models models, SuiteData suite, List<Cell> cells, StageContext context)
      throws IOException {
    Jury jury = new Jury(new ArrayList<>());
    try {
      for (Cell cell : cells) {
        jury.judges.add(
            Judge.of(models.get(cell.weights()), suite, cell.candidate().id(), context));
      }
      return jury;
    } catch (IOException | RuntimeException e) {
      jury.close();
      throw e;
    }
  }

  @Override
  public void close() {
    judges.forEach(Judge::close);
  }
}
