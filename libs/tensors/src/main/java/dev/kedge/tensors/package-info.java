/** Safetensors files and the recipes that combine them; plain Java, no native library. */
package dev.kedge.tensors;
