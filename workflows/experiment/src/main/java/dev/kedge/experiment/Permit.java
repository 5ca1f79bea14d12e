package dev.kedge.experiment;

/**
 * What a stage asks for before it is handed to the workers.
 *
 * @param workflow the experiment's
 * @param run Temporal's id of this run of it: one that has ended holds nothing any more
 * @param id different from every other of this run
 */
public record Permit(String workflow, String run, String id) {}
