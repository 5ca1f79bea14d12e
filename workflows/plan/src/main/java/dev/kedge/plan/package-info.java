/** From an experiment to its stages: a pure function. */
package dev.kedge.plan;
