package dev.kedge.gateway.registry;

import dev.kedge.gateway.GatewayConfig;
import dev.kedge.gateway.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/** Files on their way in: so many at once, each so large at most, as long as the disk has room. */
final class Arrivals {
  private final Semaphore places;
  private final int atOnce;
  private final long largest;

  Arrivals(GatewayConfig config) {
    this.atOnce = config.uploadsAtOnce();
    this.places = new Semaphore(atOnce);
    this.largest = config.largestUpload().asLongValue();
  }

  /** Makes a file. Its place is free again once it is closed. */
  ArrivingFile open() throws IOException {
    if (!places.tryAcquire()) {
      throw Refusal.unavailable(
          "TOO_MANY_UPLOADS",
          "%d files are being uploaded, the most at once (kedge.gateway.uploads-at-once): try again"
              .formatted(atOnce));
    }
    try {
      return new ArrivingFile(this);
    } catch (IOException | RuntimeException e) {
      places.release();
      throw e;
    }
  }

  void ended() {
    places.release();
  }

  /** Refuses a piece that goes beyond what a file, or the disk, may hold. */
  void require(Path file, long received, int more) {
    if (received + more > largest) {
      throw Refusal.invalid(
          "UPLOAD_TOO_LARGE",
          "data",
          "the file has more than %,d bytes, the most that is uploaded: send it in several, or let the operator raise kedge.gateway.largest-upload"
              .formatted(largest));
    }
    DiskRoom.at(file.getParent()).require("the upload", more);
  }
}
