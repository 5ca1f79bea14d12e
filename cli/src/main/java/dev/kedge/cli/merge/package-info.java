/**
 * Merging local models without a platform: checked first, then written in one piece or not at all.
 */
package dev.kedge.cli.merge;
