/**
 * Gives space back: what no record names any more, directly or through what it names, goes after a
 * time of grace.
 */
package dev.kedge.store.garbage;
