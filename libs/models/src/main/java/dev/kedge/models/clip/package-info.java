/**
 * CLIP: two towers that put images and texts into one space.
 *
 * <p>{@link dev.kedge.models.clip.ClipConfig} and {@link dev.kedge.models.clip.ClipFolder} know the
 * family's files and need no native library; {@link dev.kedge.models.clip.Clip} computes.
 */
package dev.kedge.models.clip;
