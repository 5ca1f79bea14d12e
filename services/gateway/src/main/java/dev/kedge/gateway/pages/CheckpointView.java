package dev.kedge.gateway.pages;

import dev.kedge.v1.File;
import dev.kedge.v1.ModelVersion;
import java.util.List;
import java.util.Optional;

/**
 * A model that a stage made.
 *
 * @param digest of its artifact
 * @param files empty where the artifact cannot be read
 * @param points labels of the report's points that it is a part of, none before there is a report;
 *     empty where the report cannot be read
 * @param models versions of models that have these files
 */
public record CheckpointView(
    String digest, List<File> files, Optional<List<String>> points, List<ModelVersion> models) {}
