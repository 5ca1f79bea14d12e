/** What is in two sets of data, or twice in one: the same, and nearly the same. */
package dev.kedge.data.overlap;
