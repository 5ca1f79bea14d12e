/** Scoring: what a model with a head says of images. */
package dev.kedge.models.score;
