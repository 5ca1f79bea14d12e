/** Experiments: validated before they begin, read from records, operated through their workflow. */
package dev.kedge.gateway.experiments;
