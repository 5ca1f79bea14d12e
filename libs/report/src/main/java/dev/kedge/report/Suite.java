package dev.kedge.report;

/** One test: its id, what it speaks of and what it is for. */
public record Suite(String id, Role role, Use use) {}
