package dev.kedge.cli.transfer;

import dev.kedge.cli.UserMistakeException;
import dev.kedge.v1.ExportCheckpointResponse;
import dev.kedge.v1.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Writes a checkpoint's files into a new folder, which appears only once all are there. */
public final class CheckpointDownload {
  private final Path folder;
  private final Path partial;

  /** Checks that the folder can be made: it does not exist yet, or is empty. */
  public CheckpointDownload(Path folder) throws IOException {
    this.folder = folder.toAbsolutePath().normalize();
    this.partial = this.folder.resolveSibling(this.folder.getFileName() + ".partial");
    if (Files.exists(folder) && !Folders.isEmpty(folder)) {
      throw new UserMistakeException(folder + " is there and not empty: name a new folder");
    }
  }

  /** Takes all pieces; the answer lists the files. */
  public List<File> receive(Iterator<ExportCheckpointResponse> pieces) throws IOException {
    Folders.delete(partial);
    Files.createDirectories(partial);
    try {
      List<File> files = write(pieces);
      Files.deleteIfExists(folder);
      Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
      return files;
    } finally {
      Folders.delete(partial);
    }
  }

  private List<File> write(Iterator<ExportCheckpointResponse> pieces) throws IOException {
    List<File> files = new ArrayList<>();
    VerifiedFile open = null;
    try {
      while (pieces.hasNext()) {
        ExportCheckpointResponse piece = pieces.next();
        if (piece.hasFile()) {
          finish(open);
          files.add(piece.getFile());
          open = new VerifiedFile(partial, piece.getFile());
        } else if (open != null) {
          open.write(piece.getData());
        }
      }
      finish(open);
      return files;
    } finally {
      if (open != null) {
        open.close();
      }
    }
  }

  private static void finish(VerifiedFile file) throws IOException {
    if (file != null) {
      file.finish();
    }
  }
}
