package dev.kedge.data;

import dev.kedge.data.source.TreeFile;
import java.util.List;

/**
 * What a source of labelled pictures holds, before any is decoded.
 *
 * @param classes names of the classes; a label is a position in this list
 * @param pictures candidates, in the order of the prepared data
 * @param misplaced what cannot be a candidate, and why
 */
public record PictureListing(
    List<String> classes, List<Candidate> pictures, List<Quarantined> misplaced) {

  /**
   * A file that should be a picture.
   *
   * @param file where it is
   * @param label position of its class
   * @param captions what is said of it; empty where nothing is
   */
  public record Candidate(TreeFile file, int label, List<String> captions) {
    public Candidate {
      captions = List.copyOf(captions);
    }
  }

  public PictureListing {
    classes = List.copyOf(classes);
    pictures = List.copyOf(pictures);
    misplaced = List.copyOf(misplaced);
  }

  /** Whether something is said of every picture. */
  public boolean hasCaptions() {
    return pictures.stream().noneMatch(picture -> picture.captions().isEmpty());
  }

  /** How many records there are: every one of them is kept or put in quarantine. */
  public int size() {
    return pictures.size() + misplaced.size();
  }
}
