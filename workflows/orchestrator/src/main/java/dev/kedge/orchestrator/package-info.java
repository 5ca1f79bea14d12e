/** Runs the workflows, the records, selection, reports and the reconciler. */
package dev.kedge.orchestrator;
