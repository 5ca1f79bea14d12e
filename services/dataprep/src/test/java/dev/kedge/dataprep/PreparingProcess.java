package dev.kedge.dataprep;

import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.kedge.stage.TestingService;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.S3Settings;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.net.URI;
import java.nio.file.Path;

/** A dataprep service as a process of its own. */
final class PreparingProcess {
  private PreparingProcess() {}

  /** Prepares one data set: endpoint, access key, secret key, folder, format, source. */
  public static void main(String[] arguments) throws Exception {
    S3Settings settings =
        S3Settings.of(URI.create(arguments[0]), "kedge", arguments[1], arguments[2]);
    try (ObjectStore objects = ObjectStore.open(settings);
        TestingService service = service("process", objects, Path.of(arguments[3]))) {
      System.out.println(service.run(spec(arguments[4], arguments[5])));
    } catch (StatusRuntimeException e) {
      Status failure = StatusProto.fromThrowable(e);
      System.out.println(failure.getMessage());
      System.out.println(failure.getDetails(0).unpack(ErrorInfo.class));
    }
  }

  static TestingService service(String holder, ObjectStore objects, Path folder) {
    return new TestingService(holder, objects, folder, new PrepareExecutor());
  }

  /** All of a source, whose records may not be broken. */
  static StageSpec spec(String format, String source) {
    PrepareSpec.Builder prepare =
        PrepareSpec.newBuilder().setFormat(PrepareSpec.Format.valueOf(format));
    prepare.getSourceBuilder().setArtifact(source);
    return StageSpec.newBuilder().setPrepare(prepare).build();
  }
}
