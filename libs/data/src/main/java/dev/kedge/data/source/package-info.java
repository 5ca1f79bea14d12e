/**
 * Trees of files from outside: folders and archives behind one view, where nothing can reach beyond
 * itself.
 */
package dev.kedge.data.source;
