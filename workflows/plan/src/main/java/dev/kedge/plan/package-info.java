/**
 * From an experiment to its stages: pure functions over the contract's messages. {@link
 * dev.kedge.plan.ExperimentRules} finds every mistake in a file, {@link dev.kedge.plan.Planner}
 * lists the stages, {@link dev.kedge.plan.PlanState} says what can run next.
 */
package dev.kedge.plan;
