/** The kedge command: the public API for people. */
package dev.kedge.cli;
