package dev.kedge.evaluation;

import dev.kedge.stage.StageContext;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scores those of some cells that nobody has scored yet, here or elsewhere. */
record CellScoring(StageContext context, Parts parts, Sources sources) {
  void score(List<Cell> cells) throws IOException {
    cells.forEach(parts::keep);
    Collection<Cell> missing = missing(cells);
    context.info(
        "%d of %d results are there already"
            .formatted(cells.size() - missing.size(), cells.size()));
    new Scoring(context, parts, sources)
        .score(missing.stream().filter(Cell::isOfPictures).toList());
    new LanguageScoring(context, parts, sources)
        .score(missing.stream().filter(cell -> !cell.isOfPictures()).toList());
  }

  /** Of equal cells, which mean the same weights on the same data, one. */
  private Collection<Cell> missing(List<Cell> cells) {
    Map<String, Cell> missing = new LinkedHashMap<>();
    for (Cell cell : cells) {
      if (!parts.has(cell)) {
        missing.putIfAbsent(cell.key(), cell);
      }
    }
    return missing.values();
  }
}
