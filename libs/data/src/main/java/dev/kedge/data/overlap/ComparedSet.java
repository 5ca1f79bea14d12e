package dev.kedge.data.overlap;

/**
 * A set of data and what it is for.
 *
 * @param name for people: an evaluation's id, or a place in the experiment file
 */
public record ComparedSet<S extends Samples>(String name, Purpose purpose, S samples) {}
