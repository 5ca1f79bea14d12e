package dev.kedge.report;

/** One test: its id, what it speaks of, what it is for and what it measures. */
public record Suite(String id, Role role, Use use, Measure measure) {}
