package dev.kedge.tensors;

import java.io.IOException;
import java.nio.file.Path;

/** The artifact of a FISHER stage: the diagonal of a Fisher information, tensor by tensor. */
public final class FisherDiagonal {
  /** Its file. */
  public static final String FILE = "fisher.safetensors";

  private FisherDiagonal() {}

  /**
   * Opens that of a folder.
   *
   * @throws IllegalArgumentException if it has none
   */
  public static SafetensorsFile open(Path folder) throws IOException {
    return open(folder.toString(), ModelFiles.in(folder));
  }

  /**
   * Opens that of an artifact.
   *
   * @param name of the artifact, for people
   * @throws IllegalArgumentException if it has none
   */
  public static SafetensorsFile open(String name, ModelFiles files) throws IOException {
    if (!files.has(FILE)) {
      throw new IllegalArgumentException(
          "%s has no %s: give what a FISHER stage has made".formatted(name, FILE));
    }
    return SafetensorsFile.open(files.path(FILE), files.open(FILE));
  }
}
