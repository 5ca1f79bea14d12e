/**
 * Spans, for whoever gives the process a collector: what they are sent by, what they are called and
 * how they find their parents. Without a collector nothing is made and nothing is sent.
 */
package dev.kedge.tracing;
