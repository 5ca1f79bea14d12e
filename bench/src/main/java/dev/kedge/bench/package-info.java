/** Kedge's side of the comparisons: programs that take turns with a yardstick. */
package dev.kedge.bench;
