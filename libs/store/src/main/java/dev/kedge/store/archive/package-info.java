/**
 * A record with all that it names, directly or through what it names, as one file: carried to
 * another store, it needs nothing of the one that it came from.
 */
package dev.kedge.store.archive;
