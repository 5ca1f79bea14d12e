package dev.kedge.orchestrator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.kedge.contract.StageKey;
import dev.kedge.experiment.ExperimentName;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageServiceGrpc.StageServiceImplBase;
import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.StageResult;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A stage service on loopback that commits small results to a real store, or fails when told. */
final class CommittingStageService extends StageServiceImplBase implements AutoCloseable {
  private final Projects projects;
  private final Set<String> mistaken = ConcurrentHashMap.newKeySet();
  private final Set<String> silent = ConcurrentHashMap.newKeySet();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Server server;

  CommittingStageService(Projects projects, ServerInterceptor interceptor) {
    this.projects = projects;
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      server =
          NettyServerBuilder.forAddress(address)
              .addService(this)
              .intercept(interceptor)
              .build()
              .start();
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
  }

  int port() {
    return server.getPort();
  }

  /** The stage's next run fails as a user's mistake. */
  void mistakeNext(ExperimentName experiment, String stage) {
    mistaken.add(requester(experiment, stage));
  }

  /** The stage's next run never ends. */
  void silenceNext(ExperimentName experiment, String stage) {
    silent.add(requester(experiment, stage));
  }

  long timesAsked(ExperimentName experiment, String stage) {
    return asked.stream().filter(requester(experiment, stage)::equals).count();
  }

  private static String requester(ExperimentName experiment, String stage) {
    return "experiments/%s/stages/%s".formatted(experiment.id(), stage);
  }

  @Override
  public void run(RunRequest request, StreamObserver<StageEvent> caller) {
    String stage = request.getRequester();
    asked.add(stage);
    if (mistaken.remove(stage)) {
      caller.onError(mistake());
    } else if (!silent.remove(stage)) {
      caller.onNext(StageEvent.newBuilder().setResult(commit(request)).build());
      caller.onCompleted();
    }
  }

  private dev.kedge.stage.v1.StageResult commit(RunRequest request) {
    if (!StageKey.of(request.getSpec()).equals(request.getKey())) {
      throw new IllegalArgumentException("another key");
    }
    ProjectStore project = projects.open(request.getProject());
    byte[] output = request.getKey().getBytes(StandardCharsets.UTF_8);
    var files = new TreeMap<String, Blob>();
    files.put("output.txt", project.blobs().put(output));
    Digest artifact = project.artifacts().put(new Artifact("test", files));
    project
        .results()
        .commit(
            request.getKey(),
            new StageResult(artifact, lineage(request), JsonNodeFactory.instance.objectNode()));
    return dev.kedge.stage.v1.StageResult.newBuilder()
        .setKey(request.getKey())
        .setArtifact(artifact.toString())
        .build();
  }

  private static JsonNode lineage(RunRequest request) {
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    spec.putObject(request.getSpec().getStageCase().name().toLowerCase(Locale.ROOT));
    return JsonNodeFactory.instance
        .objectNode()
        .put("committed", Instant.now().toString())
        .<ObjectNode>set("spec", spec)
        .set("profile", JsonNodeFactory.instance.objectNode());
  }

  private static RuntimeException mistake() {
    var info = ErrorInfo.newBuilder().setReason("BAD_SPEC").putMetadata("blame", "USER");
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(Code.INVALID_ARGUMENT_VALUE)
            .setMessage("change it")
            .addDetails(Any.pack(info.build()))
            .build());
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
