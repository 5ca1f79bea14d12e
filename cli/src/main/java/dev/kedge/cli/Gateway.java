package dev.kedge.cli;

import dev.kedge.cli.view.Counts;
import dev.kedge.cli.view.ExperimentView;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExperimentServiceGrpc;
import dev.kedge.v1.ExperimentServiceGrpc.ExperimentServiceBlockingStub;
import dev.kedge.v1.GetReportRequest;
import dev.kedge.v1.ListExperimentsRequest;
import dev.kedge.v1.ListExperimentsResponse;
import dev.kedge.v1.RegistryServiceGrpc;
import dev.kedge.v1.RegistryServiceGrpc.RegistryServiceBlockingStub;
import dev.kedge.v1.RegistryServiceGrpc.RegistryServiceBlockingV2Stub;
import dev.kedge.v1.StorageServiceGrpc;
import dev.kedge.v1.StorageServiceGrpc.StorageServiceBlockingStub;
import dev.kedge.v1.SystemServiceGrpc;
import dev.kedge.v1.SystemServiceGrpc.SystemServiceBlockingStub;
import io.grpc.ManagedChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The public API of one gateway, and the names of things in one project.
 *
 * @param channel the connection; closed with this
 * @param project the project's id
 */
record Gateway(ManagedChannel channel, String project) implements AutoCloseable {
  private static final int LARGEST_PAGE = 500;

  /** What the gateway calls experiments. */
  private static final Pattern ID = Pattern.compile("e[0-9a-f]{16}");

  private static final Pattern DIGEST = Pattern.compile("(sha256:)?[0-9a-f]{64}");

  /** What people paste who hope that a digest may be cut short. */
  private static final Pattern CUT_DIGEST = Pattern.compile("(sha256:)?[0-9a-f]{4,63}…?");

  ExperimentServiceBlockingStub experiments() {
    return ExperimentServiceGrpc.newBlockingStub(channel);
  }

  RegistryServiceBlockingStub registry() {
    return RegistryServiceGrpc.newBlockingStub(channel);
  }

  SystemServiceBlockingStub system() {
    return SystemServiceGrpc.newBlockingStub(channel);
  }

  /** For the calls that stream from here. */
  RegistryServiceBlockingV2Stub uploads() {
    return RegistryServiceGrpc.newBlockingV2Stub(channel);
  }

  StorageServiceBlockingStub storage() {
    return StorageServiceGrpc.newBlockingStub(channel);
  }

  String parent() {
    return "projects/" + project;
  }

  /**
   * The full name of an experiment: by its title, its id or its full name.
   *
   * @throws UserMistakeException listing those that have the title, where they are several
   */
  String experiment(String given) {
    if (given.contains("/") || ID.matcher(given).matches()) {
      return fullName("experiments", given);
    }
    return titled(given).orElseGet(() -> fullName("experiments", given));
  }

  private Optional<String> titled(String title) {
    Map<String, Experiment> titled = new LinkedHashMap<>();
    var request =
        ListExperimentsRequest.newBuilder()
            .setParent(parent())
            .setPageSize(LARGEST_PAGE)
            .setFilter("title = \"%s\"".formatted(title.replaceAll("[\"\\\\]", "\\\\$0")));
    do {
      ListExperimentsResponse page = experiments().listExperiments(request.build());
      page.getExperimentsList().forEach(each -> titled.put(each.getName(), each));
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    if (titled.size() > 1) {
      throw new UserMistakeException(
          "%s have the title %s: name one by its id%n%s"
              .formatted(
                  Counts.of(titled.size(), "experiment"),
                  title,
                  ExperimentView.list(List.copyOf(titled.values()))));
    }
    return titled.keySet().stream().findFirst();
  }

  String stage(String experiment, String stage) {
    return experiment(experiment) + "/stages/" + stage;
  }

  /** The full name of a model: NAME, NAME@ALIAS, NAME/versions/V or a full name. */
  String model(String given) {
    return fullName("models", given);
  }

  /** The full name of a data set: NAME, NAME/versions/V or a full name. */
  String dataset(String given) {
    return fullName("datasets", given);
  }

  /**
   * The full name of a checkpoint: by its digest, with or without {@code sha256:}, its full name,
   * or the experiment that recommends it.
   */
  String checkpoint(String given) {
    if (isCheckpoint(given)) {
      return fullName("checkpoints", given.substring(given.indexOf(':') + 1));
    }
    if (isCutDigest(given)) {
      throw new UserMistakeException(
          "%s is a part of a digest: give all 64 digits, as `kedge report EXPERIMENT` shows them, or the experiment that recommends the checkpoint"
              .formatted(given));
    }
    GetReportRequest request = GetReportRequest.newBuilder().setName(experiment(given)).build();
    String recommended = experiments().getReport(request).getReport().getRecommendedCheckpoint();
    if (recommended.isEmpty()) {
      throw new UserMistakeException(
          "%s recommends no checkpoint: name one by its digest, as `kedge get %1$s --json` shows"
              .formatted(given));
    }
    return recommended;
  }

  private boolean isCutDigest(String given) {
    return CUT_DIGEST.matcher(given).matches()
        && !ID.matcher(given).matches()
        && titled(given).isEmpty();
  }

  /** Whether a text names a checkpoint itself, rather than an experiment. */
  static boolean isCheckpoint(String given) {
    return given.contains("/") || isDigest(given);
  }

  /** Whether a text is a whole digest. */
  static boolean isDigest(String given) {
    return DIGEST.matcher(given).matches();
  }

  private String fullName(String collection, String given) {
    if (given.startsWith("projects/")) {
      return given;
    }
    String prefix = collection + "/";
    return parent() + "/" + (given.startsWith(prefix) ? given : prefix + given);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
