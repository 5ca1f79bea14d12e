package dev.kedge.gateway.registry;

import dev.kedge.gateway.Failures;
import dev.kedge.gateway.Projects;
import dev.kedge.v1.UploadBlobRequest;
import dev.kedge.v1.UploadBlobResponse;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Files on their way into a project. */
@ApplicationScoped
public class Uploads {
  private final Projects projects;

  Uploads(Projects projects) {
    this.projects = projects;
  }

  /** Takes one upload in. */
  public StreamObserver<UploadBlobRequest> receive(StreamObserver<UploadBlobResponse> to) {
    try {
      return new BlobReceiver(projects, to);
    } catch (IOException e) {
      throw Failures.toStatus(new UncheckedIOException("uploads have no place to wait in", e));
    }
  }
}
