/** The diagonal Fisher information: how much a model's answers hang on each weight. */
package dev.kedge.models.fisher;
