/**
 * Records of text: JSON Lines and plain documents, prepared into shards that any record is read
 * from, and the templates that make prompts and answers of them.
 */
package dev.kedge.data.text;
