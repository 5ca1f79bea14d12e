package dev.kedge.store;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One entry of a stage's event log.
 *
 * @param cursor where it lies in the log; reading goes on after it
 * @param payload what was logged
 */
public record StageEvent(String cursor, JsonNode payload) {}
