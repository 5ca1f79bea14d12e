/** Following an experiment: changes of its record and its stages' logs, from any point on. */
package dev.kedge.gateway.watch;
