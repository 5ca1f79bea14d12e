/** Tells a webhook which experiments have ended or wait for people. */
package dev.kedge.orchestrator.notice;
