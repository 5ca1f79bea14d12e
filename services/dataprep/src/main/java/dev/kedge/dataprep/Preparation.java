package dev.kedge.dataprep;

import dev.kedge.data.Examined;
import dev.kedge.data.Share;
import dev.kedge.data.source.FileTree;
import dev.kedge.stage.StageContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

  /** Prepares a share of a source into a folder. */
  Examined prepareShare(FileTree source, Share share, Path target, StageContext context)
      throws IOException;

  /**
   * Puts the folders of all shares together, as {@link #prepare} would have made it.
   *
   * @return measurements for the stage's result
   */
  Map<String, Double> merge(List<Path> shares, Path target, StageContext context)
      throws IOException;
}
