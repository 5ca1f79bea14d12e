package dev.kedge.gateway.registry;

import dev.kedge.gateway.Failures;
import dev.kedge.gateway.Projects;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.name.ProjectName;
import dev.kedge.process.LargestMessage;
import dev.kedge.store.Blob;
import dev.kedge.v1.UploadBlobRequest;
import dev.kedge.v1.UploadBlobResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Receives one upload. The bytes wait in a file until all are there, since a blob's name is known
 * only then. The file is made for the first message: before it nobody knows whether whoever sends
 * may.
 */
final class BlobReceiver implements StreamObserver<UploadBlobRequest> {
  private static final Logger LOG = Logger.getLogger(BlobReceiver.class);

  private final Projects projects;
  private final StreamObserver<UploadBlobResponse> to;
  private final LargestMessage largest;
  private final Arrivals arrivals;
  private ProjectName project;
  private ArrivingFile file;
  private final Consumer<BlobReceiver> atEnd;
  private boolean over;
  private volatile long lastPiece = System.nanoTime();

  /**
   * An upload that has just begun.
   *
   * @param arrivals where the bytes wait
   * @param largest message that can be read
   * @param atEnd is told when nothing more is taken in
   */
  BlobReceiver(
      Projects projects,
      Arrivals arrivals,
      LargestMessage largest,
      StreamObserver<UploadBlobResponse> to,
      Consumer<BlobReceiver> atEnd) {
    this.arrivals = arrivals;
    this.largest = largest;
    this.atEnd = atEnd;
    this.projects = projects;
    this.to = to;
  }

  @Override
  public synchronized void onNext(UploadBlobRequest piece) {
    if (over) {
      return;
    }
    lastPiece = System.nanoTime();
    try {
      take(piece);
    } catch (IOException | RuntimeException e) {
      end();
      discard();
      to.onError(Failures.toStatus(e));
    }
  }

  @Override
  public void onError(Throwable gone) {
    if (end()) {
      discard();
    }
  }

  /** What was received is kept outside the lock: that can take minutes. */
  @Override
  public void onCompleted() {
    if (!end()) {
      return;
    }
    try {
      UploadBlobResponse answer = keep();
      to.onNext(answer);
      to.onCompleted();
    } catch (IOException | RuntimeException e) {
      to.onError(Failures.toStatus(e));
    } finally {
      discard();
    }
  }

  /** Ends the upload where no piece has come for so long. */
  void giveUpAfter(Duration patience) {
    if (isStalled(patience) && endIfStalled(patience)) {
      discard();
      to.onError(
          Failures.toStatus(
              Refusal.aborted(
                  "UPLOAD_STALLED",
                  "no piece that could be read came for %d s: send it again, in messages of at most"
                          .formatted(patience.toSeconds())
                      + " "
                      + largest)));
    }
  }

  /** Asked without the lock first, which is not free while a piece is written down. */
  private boolean isStalled(Duration patience) {
    return System.nanoTime() - lastPiece > patience.toNanos();
  }

  private synchronized boolean endIfStalled(Duration patience) {
    return isStalled(patience) && end();
  }

  /** True once: for the one who answers, and removes the file. */
  private synchronized boolean end() {
    if (over) {
      return false;
    }
    over = true;
    atEnd.accept(this);
    return true;
  }

  private void take(UploadBlobRequest piece) throws IOException {
    if (project == null) {
      if (!piece.hasParent()) {
        throw Refusal.invalid(
            "PARENT_MISSING", "parent", "the first message of an upload names the project");
      }
      ProjectName named = ProjectName.parse(piece.getParent());
      file = arrivals.open();
      project = named;
    } else if (piece.hasParent()) {
      throw Refusal.invalid("PARENT_TWICE", "parent", "only the first message names the project");
    } else {
      file.add(piece.getData());
    }
  }

  private UploadBlobResponse keep() throws IOException {
    if (project == null) {
      throw Refusal.invalid("PARENT_MISSING", "parent", "the upload had no message");
    }
    Blob blob = projects.store(project).blobs().put(file.whole());
    return UploadBlobResponse.newBuilder()
        .setDigest(blob.digest().toString())
        .setSize(blob.size())
        .build();
  }

  private void discard() {
    if (file == null) {
      return;
    }
    try {
      file.close();
    } catch (IOException e) {
      LOG.warn("an upload's file stays behind", e);
    }
  }
}
