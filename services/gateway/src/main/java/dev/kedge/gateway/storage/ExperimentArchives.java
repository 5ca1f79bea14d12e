package dev.kedge.gateway.storage;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.kedge.gateway.Projects;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.experiments.ExperimentStore;
import dev.kedge.gateway.experiments.NamedVersions;
import dev.kedge.gateway.name.ExperimentName;
import dev.kedge.gateway.name.ProjectName;
import dev.kedge.store.Blob;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.archive.Packing;
import dev.kedge.store.archive.Unpacking;
import dev.kedge.store.archive.UnreadableArchiveException;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExportExperimentRequest;
import dev.kedge.v1.ExportExperimentResponse;
import dev.kedge.v1.File;
import dev.kedge.v1.ImportExperimentRequest;
import dev.kedge.v1.ImportExperimentResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Experiments as files, from one installation to another. */
@ApplicationScoped
public class ExperimentArchives {
  private static final int PIECE = 512 << 10;
  private static final long NEWS_EVERY_NANOS = Duration.ofMillis(500).toNanos();

  /** Each lists the whole project first, and holds a thread for as long as its client reads. */
  private static final int AT_ONCE = 4;

  private final Semaphore exports = new Semaphore(AT_ONCE);
  private final Projects projects;
  private final ExperimentStore experiments;
  private final NamedVersions versions;

  ExperimentArchives(Projects projects, ExperimentStore experiments, NamedVersions versions) {
    this.projects = projects;
    this.experiments = experiments;
    this.versions = versions;
  }

  /**
   * Packs an experiment.
   *
   * @param send takes the size and then the pieces; what it throws ends the export
   */
  public void pack(ExportExperimentRequest request, Consumer<ExportExperimentResponse> send) {
    ExperimentName name = ExperimentName.parse(request.getName());
    Experiment experiment = experiments.get(name);
    TransferredRecord.requireAtRest(experiment);
    if (!exports.tryAcquire()) {
      throw Refusal.unavailable(
          "TOO_MANY_EXPORTS", "%d experiments are being exported: try again".formatted(AT_ONCE));
    }
    try {
      pack(name, experiment, send);
    } finally {
      exports.release();
    }
  }

  private void pack(
      ExperimentName name, Experiment experiment, Consumer<ExportExperimentResponse> send) {
    Packing packing =
        projects.store(name.project()).pack("experiments/" + name.id(), versions.of(experiment));
    send.accept(ExportExperimentResponse.newBuilder().setSize(packing.size()).build());
    try (OutputStream out = new BufferedOutputStream(new Pieces(send), PIECE)) {
      packing.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot pack " + name, e);
    }
  }

  /**
   * Unpacks an experiment.
   *
   * @param news is told how far it is, and at last the experiment; what it throws ends the import
   */
  public void unpack(ImportExperimentRequest request, Consumer<ImportExperimentResponse> news) {
    ProjectName project = ProjectName.parse(request.getParent());
    ProjectStore store = projects.store(project);
    Blob file = file(store, request.getFile());
    try (InputStream in = new Counted(store.blobs().open(file, 0, file.size()), news);
        Unpacking unpacking = new Unpacking(in, file.size())) {
      Experiment experiment = TransferredRecord.into(project, unpacking.record());
      experiments.requireNew(experiment);
      unpacking.into(store);
      TransferredRecord.requireResults(experiment, store);
      versions.adopt(experiment, unpacking.companions());
      experiments.add(experiment);
      news.accept(ImportExperimentResponse.newBuilder().setExperiment(experiment).build());
    } catch (UnreadableArchiveException e) {
      throw Refusal.invalid(
          "ARCHIVE_INVALID",
          "file",
          "%s cannot be imported: %s".formatted(request.getFile().getPath(), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the archive", e);
    }
  }

  private static Blob file(ProjectStore store, File file) {
    try {
      Blob blob = new Blob(Digest.parse(file.getDigest()), file.getSize());
      if (blob.size() > 0 && store.blobs().contains(blob)) {
        return blob;
      }
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("FILES_INVALID", "file", e.getMessage(), e);
    }
    throw Refusal.invalid(
        "FILES_INVALID", "file", "%s is not uploaded: upload it".formatted(file.getPath()));
  }

  /** What is written, in messages. */
  private static final class Pieces extends OutputStream {
    private final Consumer<ExportExperimentResponse> send;

    Pieces(Consumer<ExportExperimentResponse> send) {
      this.send = send;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      for (int from = offset; from < offset + length; from += PIECE) {
        byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(from + PIECE, offset + length));
        ByteString data = UnsafeByteOperations.unsafeWrap(piece);
        send.accept(ExportExperimentResponse.newBuilder().setData(data).build());
      }
    }
  }

  /** Tells how much was read, now and then. */
  private static final class Counted extends FilterInputStream {
    private final Consumer<ImportExperimentResponse> news;
    private long read;
    private long last = System.nanoTime();

    Counted(InputStream in, Consumer<ImportExperimentResponse> news) {
      super(in);
      this.news = news;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = in.read(buffer, offset, length);
      read += Math.max(0, count);
      if (System.nanoTime() - last >= NEWS_EVERY_NANOS) {
        last = System.nanoTime();
        news.accept(ImportExperimentResponse.newBuilder().setRead(read).build());
      }
      return count;
    }
  }
}
