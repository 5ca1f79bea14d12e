/**
 * Model families on libtorch: architecture and loops in Java, compute kernels in TorchScript text.
 */
package dev.kedge.models;
