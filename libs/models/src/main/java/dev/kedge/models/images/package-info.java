/** Labelled pictures of prepared data sets as a model's input, decoded once. Needs no libtorch. */
package dev.kedge.models.images;
