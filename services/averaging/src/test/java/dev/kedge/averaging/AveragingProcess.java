package dev.kedge.averaging;

import dev.kedge.stage.TestingService;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.S3Settings;
import java.net.URI;
import java.nio.file.Path;

/** An averaging service as a process, which can be killed. */
final class AveragingProcess {
  private AveragingProcess() {}

  /** Makes one average: endpoint, access key, secret key, folder, shard size, parents. */
  public static void main(String[] arguments) throws Exception {
    S3Settings settings =
        S3Settings.of(URI.create(arguments[0]), "kedge", arguments[1], arguments[2]);
    try (ObjectStore objects = ObjectStore.open(settings);
        TestingService service =
            new TestingService(
                "process",
                objects,
                Path.of(arguments[3]),
                new AverageExecutor(Long.parseLong(arguments[4])))) {
      System.out.println(service.run(Recipes.half(arguments[5], arguments[6])));
    }
  }
}
