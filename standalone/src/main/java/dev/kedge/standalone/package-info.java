/** All of Kedge in one JVM, on an embedded Temporal and an embedded S3 store. */
package dev.kedge.standalone;
