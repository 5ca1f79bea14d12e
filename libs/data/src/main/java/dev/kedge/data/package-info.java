/**
 * Labelled pictures: decoding, resampling as Pillow does, and the shards that prepared data sets
 * are made of.
 */
package dev.kedge.data;
