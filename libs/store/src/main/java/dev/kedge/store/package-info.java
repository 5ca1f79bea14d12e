/**
 * Everything Kedge keeps, as objects: immutable blobs named by their digest, artifacts, commits and
 * leases.
 */
package dev.kedge.store;
