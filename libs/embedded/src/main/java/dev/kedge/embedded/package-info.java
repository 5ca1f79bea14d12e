/**
 * A real S3 endpoint and a real Temporal server inside this JVM, on loopback, for standalone and
 * for tests.
 */
package dev.kedge.embedded;
