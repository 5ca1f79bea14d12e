package dev.kedge.data;

import dev.kedge.data.source.FileTree;
import dev.kedge.data.text.Columns;
import java.io.IOException;

/** How labelled pictures lie in a source. */
public enum PictureLayout {
  /** {@code CLASS/NAME.jpg}. */
  IMAGE_FOLDER,
  /** {@code KEY.jpg} beside {@code KEY.cls}, {@code KEY.txt} or {@code KEY.json}, in tars. */
  WEBDATASET,
  /** Pictures, and one table or list that names their files and classes. */
  IMAGE_TABLE,
  /** Pictures, and one table or COCO file of what is said of each. */
  IMAGE_CAPTIONS;

  /**
   * Finds classes and candidates; decodes no picture.
   *
   * @param columns of a table; unused by the others
   * @throws UnusableDatasetException if there is no picture in this layout
   */
  public PictureListing list(FileTree tree, Columns columns) throws IOException {
    return switch (this) {
      case IMAGE_FOLDER -> ImageFolder.of(tree);
      case WEBDATASET -> WebDataset.of(tree);
      case IMAGE_TABLE -> ImageTable.of(tree, columns);
      case IMAGE_CAPTIONS -> CaptionTable.of(tree, columns);
    };
  }
}
