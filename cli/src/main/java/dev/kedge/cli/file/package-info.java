/**
 * The experiment file: YAML read against the public API's own schema, every problem found at once.
 */
package dev.kedge.cli.file;
