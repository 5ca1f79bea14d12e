package dev.kedge.fisher;

import dev.kedge.tensors.MemoryTensors;

/**
 * What was found.
 *
 * @param mean the mean over samples, by tensor
 * @param samples how many there were
 */
record Information(MemoryTensors mean, int samples) {}
