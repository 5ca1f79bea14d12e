package dev.kedge.cli.transfer;

import dev.kedge.cli.UserMistakeException;
import dev.kedge.v1.ExportExperimentResponse;
import dev.kedge.v1.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;

/** Writes an experiment's archive into a new file, which appears only once all of it is there. */
public final class ArchiveDownload {
  private final Path file;
  private final Path partial;

  /** Checks that there is no such file yet. */
  public ArchiveDownload(Path file) {
    this.file = file.toAbsolutePath().normalize();
    this.partial = this.file.resolveSibling(this.file.getFileName() + ".partial");
    if (Files.exists(file)) {
      throw new UserMistakeException(file + " is there: name a new file");
    }
    if (!Files.isDirectory(this.file.getParent())) {
      throw new UserMistakeException("there is no folder " + this.file.getParent());
    }
  }

  /**
   * Takes all pieces.
   *
   * @param bar shows how far it is
   */
  public File receive(Iterator<ExportExperimentResponse> pieces, ProgressBar bar)
      throws IOException {
    try {
      write(pieces, bar);
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
    return File.newBuilder()
        .setPath(file.getFileName().toString())
        .setSize(Files.size(file))
        .build();
  }

  private void write(Iterator<ExportExperimentResponse> pieces, ProgressBar bar)
      throws IOException {
    bar.title("packing");
    long size = 0;
    long done = 0;
    try (OutputStream out = Files.newOutputStream(partial)) {
      while (pieces.hasNext()) {
        ExportExperimentResponse piece = pieces.next();
        size = Math.max(size, piece.getSize());
        piece.getData().writeTo(out);
        done += piece.getData().size();
        bar.at(done, size);
      }
    }
  }
}
