/** FISHER: which weights the model cares about. */
package dev.kedge.fisher;
