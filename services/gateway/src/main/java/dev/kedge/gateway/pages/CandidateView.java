package dev.kedge.gateway.pages;

import dev.kedge.gateway.experiments.PointOrigin;
import dev.kedge.v1.ModelVersion;
import java.util.List;

/**
 * A model that a point of a report is a mean over.
 *
 * @param made how it came to be
 * @param checkpoint digest of the files that hold it; empty where it is in none of its own
 * @param models versions of models that have these files
 */
public record CandidateView(
    PointOrigin.Candidate made, String checkpoint, List<ModelVersion> models) {
  static CandidateView of(
      PointOrigin.Candidate made, String checkpoint, List<ModelVersion> models) {
    return new CandidateView(
        made,
        checkpoint,
        models.stream().filter(version -> version.getArtifact().equals(checkpoint)).toList());
  }
}
