/**
 * libtorch as Kedge uses it: tensors owned by scopes, and compute kernels written as TorchScript
 * text that Java packs, loads and calls by name.
 *
 * <p>Everything DJL gives is reached through {@link dev.kedge.models.torch.LibTorch}; DJL's own
 * arrays and managers are not used, so that native memory is freed at the end of a scope and never
 * by the garbage collector.
 */
package dev.kedge.models.torch;
