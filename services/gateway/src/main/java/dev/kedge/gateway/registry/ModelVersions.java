package dev.kedge.gateway.registry;

import com.google.protobuf.util.Timestamps;
import dev.kedge.v1.ListModelsResponse;
import dev.kedge.v1.ModelVersion;
import java.util.List;

/** A model's record as versions are added. */
final class ModelVersions {
  /** How the origin of what was promoted begins. */
  static final String CHECKPOINTS = "checkpoints/";

  private ModelVersions() {}

  /**
   * The record with one more version, unless its newest has the same files; that one comes to know
   * its experiment, if it was promoted and did not. An alias points to at most one version.
   *
   * @param model the model's full name
   * @param added without a name
   * @param alias may be empty
   */
  static ListModelsResponse with(
      ListModelsResponse record, String model, ModelVersion.Builder added, String alias) {
    ListModelsResponse.Builder changed = ListModelsResponse.newBuilder();
    record.getModelsList().forEach(version -> changed.addModels(without(version, alias)));
    int count = changed.getModelsCount();
    if (count == 0 || !changed.getModels(count - 1).getArtifact().equals(added.getArtifact())) {
      changed.addModels(
          added
              .setName("%s/versions/%d".formatted(model, count + 1))
              .setCreateTime(Timestamps.now()));
    } else if (isPromoted(changed.getModels(count - 1))
        && changed.getModels(count - 1).getExperiment().isEmpty()) {
      changed.getModelsBuilder(count - 1).setExperiment(added.getExperiment());
    }
    if (!alias.isEmpty()) {
      changed.getModelsBuilder(changed.getModelsCount() - 1).addAliases(alias);
    }
    return changed.build();
  }

  /** What was imported comes from no experiment, though one may recommend it. */
  private static boolean isPromoted(ModelVersion version) {
    return version.getOrigin().startsWith(CHECKPOINTS);
  }

  private static ModelVersion without(ModelVersion version, String alias) {
    List<String> kept =
        version.getAliasesList().stream().filter(other -> !other.equals(alias)).toList();
    return version.toBuilder().clearAliases().addAllAliases(kept).build();
  }
}
