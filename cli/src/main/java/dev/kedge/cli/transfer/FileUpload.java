package dev.kedge.cli.transfer;

import dev.kedge.v1.File;
import dev.kedge.v1.RegistryServiceGrpc.RegistryServiceBlockingV2Stub;
import dev.kedge.v1.UploadBlobResponse;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Sends files to a project, one after the other. */
public final class FileUpload {
  private final RegistryServiceBlockingV2Stub registry;
  private final String parent;
  private final PrintStream progress;
  private final boolean interactive;

  /**
   * Sends nothing yet.
   *
   * @param parent {@code projects/P}
   * @param progress where a bar is drawn
   * @param interactive false to draw none
   */
  public FileUpload(
      RegistryServiceBlockingV2Stub registry,
      String parent,
      PrintStream progress,
      boolean interactive) {
    this.registry = registry;
    this.parent = parent;
    this.progress = progress;
    this.interactive = interactive;
  }

  /** Sends all; the answer names each by its path and the digest that the gateway computed. */
  public List<File> send(List<? extends Upload> uploads) throws IOException {
    long total = 0;
    for (Upload upload : uploads) {
      total += upload.size();
    }
    List<File> files = new ArrayList<>();
    try (var bar = new ProgressBar(progress, interactive, total)) {
      for (Upload upload : uploads) {
        files.add(send(upload, bar));
      }
    }
    return files;
  }

  private File send(Upload upload, ProgressBar bar) throws IOException {
    bar.title(upload.path());
    try (var out = new BlobOutput(registry.uploadBlob(), parent, bar::advance)) {
      upload.writeTo(out);
      UploadBlobResponse kept = out.finish();
      return File.newBuilder()
          .setPath(upload.path())
          .setDigest(kept.getDigest())
          .setSize(kept.getSize())
          .build();
    }
  }
}
