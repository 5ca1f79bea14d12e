package dev.kedge.dataprep;

import dev.kedge.data.source.FileTree;
import dev.kedge.stage.StageContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** How data of one format is prepared. */
interface Preparation {
  /**
   * Prepares a source into a folder, and tells what was left out.
   *
   * @return measurements for the stage's result
   */
  Map<String, Double> prepare(FileTree source, Path target, StageContext context)
      throws IOException;
}
