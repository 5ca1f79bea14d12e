package dev.kedge.store;

import java.time.Instant;

/**
 * What is known of an object without reading it.
 *
 * @param key full key in the bucket
 * @param size bytes
 * @param etag version of the content, without quotes
 * @param written when, by the store's clock
 */
public record ObjectInfo(String key, long size, String etag, Instant written) {}
