/**
 * A model as a folder of files, whatever its family: its configuration, whether the tensors fit it,
 * and the values a new model starts with.
 */
package dev.kedge.models.checkpoint;
