/**
 * One idea: a platform of separate processes on real servers is hurt on purpose, and what comes out
 * must be what comes out of one that is left alone.
 */
package dev.kedge.e2e;
