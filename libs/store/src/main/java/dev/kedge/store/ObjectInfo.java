package dev.kedge.store;

/**
 * What is known of an object without reading it.
 *
 * @param key full key in the bucket
 * @param size bytes
 * @param etag version of the content, without quotes
 */
public record ObjectInfo(String key, long size, String etag) {}
