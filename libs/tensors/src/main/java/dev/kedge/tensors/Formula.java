package dev.kedge.tensors;

import java.util.Map;

/**
 * How one tensor is computed from the checkpoints.
 *
 * @param spec the tensor as it is stored in a result
 * @param checkpoints where values come from
 * @param steps what is computed on the way, by name
 */
record Formula(TensorSpec spec, CheckpointSet checkpoints, Map<String, Step> steps) {}
