package dev.kedge.gateway.registry;

import dev.kedge.gateway.GatewayConfig;
import dev.kedge.gateway.Projects;
import dev.kedge.process.LargestMessage;
import dev.kedge.v1.UploadBlobRequest;
import dev.kedge.v1.UploadBlobResponse;
import io.grpc.stub.StreamObserver;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Files on their way into a project. One of which nothing more comes is given up: the transport
 * tells nobody of a piece that it cannot read, and lets the rest of the stream wait behind it.
 */
@ApplicationScoped
public class Uploads {
  private static final Logger LOG = Logger.getLogger(Uploads.class);

  private final Projects projects;
  private final LargestMessage largest;
  private final Arrivals arrivals;
  private final Duration patience;
  private final Set<BlobReceiver> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> rounds;

  Uploads(Projects projects, LargestMessage largest, GatewayConfig config) {
    this.projects = projects;
    this.largest = largest;
    this.arrivals = new Arrivals(config);
    this.patience = config.uploadPatience();
    long round = Math.max(1, patience.toMillis() / 4);
    this.rounds =
        clock.scheduleWithFixedDelay(this::giveUpStalled, round, round, TimeUnit.MILLISECONDS);
  }

  /** Takes one upload in. */
  public StreamObserver<UploadBlobRequest> receive(StreamObserver<UploadBlobResponse> to) {
    var receiver = new BlobReceiver(projects, arrivals, largest, to, open::remove);
    open.add(receiver);
    return receiver;
  }

  private void giveUpStalled() {
    for (BlobReceiver receiver : open) {
      try {
        receiver.giveUpAfter(patience);
      } catch (RuntimeException e) {
        // One that got out of here would be the end of all further rounds.
        LOG.warn("an upload of which nothing more comes could not be answered", e);
      }
    }
  }

  @PreDestroy
  void close() {
    rounds.cancel(true);
    clock.shutdownNow();
  }
}
