package dev.kedge.gateway.registry;

import dev.kedge.gateway.Failures;
import dev.kedge.gateway.GatewayConfig;
import dev.kedge.gateway.Projects;
import dev.kedge.v1.UploadBlobRequest;
import dev.kedge.v1.UploadBlobResponse;
import io.grpc.stub.StreamObserver;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Files on their way into a project. One of which nothing more comes is given up: the transport
 * tells nobody of a piece that it cannot read, and lets the rest of the stream wait behind it.
 */
@ApplicationScoped
public class Uploads {
  private final Projects projects;
  private final Duration patience;
  private final Set<BlobReceiver> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> rounds;

  Uploads(Projects projects, GatewayConfig config) {
    this.projects = projects;
    this.patience = config.uploadPatience();
    long round = Math.max(1, patience.toMillis() / 4);
    this.rounds =
        clock.scheduleWithFixedDelay(this::giveUpStalled, round, round, TimeUnit.MILLISECONDS);
  }

  /** Takes one upload in. */
  public StreamObserver<UploadBlobRequest> receive(StreamObserver<UploadBlobResponse> to) {
    try {
      var receiver = new BlobReceiver(projects, to, open::remove);
      open.add(receiver);
      return receiver;
    } catch (IOException e) {
      throw Failures.toStatus(new UncheckedIOException("uploads have no place to wait in", e));
    }
  }

  private void giveUpStalled() {
    open.forEach(receiver -> receiver.giveUpAfter(patience));
  }

  @PreDestroy
  void close() {
    rounds.cancel(true);
    clock.shutdownNow();
  }
}
