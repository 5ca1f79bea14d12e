package dev.kedge.gateway.pages;

import dev.kedge.v1.File;
import dev.kedge.v1.ModelVersion;
import java.util.List;

/**
 * A model that a stage made.
 *
 * @param digest of its artifact
 * @param files empty where the store has lost the artifact
 * @param points labels of the report's points that it is a part of; empty before there is a report
 * @param models versions of models that have these files
 */
public record CheckpointView(
    String digest, List<File> files, List<String> points, List<ModelVersion> models) {}
