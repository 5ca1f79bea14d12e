package dev.kedge.stage;

import dev.kedge.stage.v1.StageSpec;
import java.time.Instant;
import java.util.List;

/**
 * What a result was made from, and how: enough to make it again.
 *
 * @param spec the whole spec; every input digest is in it
 * @param algorithmVersion the version of the kind's algorithm
 * @param profile what the numbers depend on beside the spec
 * @param exact false where attempts under different profiles, or several on a GPU, had a part in it
 * @param holder the process that committed it
 * @param version Kedge's version
 * @param attempts claims that led to it, at least 1
 * @param committed when
 * @param parts keys of what was saved on the way and stays with the result, sorted
 */
public record Lineage(
    StageSpec spec,
    int algorithmVersion,
    NumericsProfile profile,
    boolean exact,
    String holder,
    String version,
    int attempts,
    Instant committed,
    List<String> parts) {}
