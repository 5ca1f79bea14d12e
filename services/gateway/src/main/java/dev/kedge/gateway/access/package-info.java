/**
 * Who may do what: callers are known by tokens of an OIDC issuer, which say what role they have in
 * which project.
 */
package dev.kedge.gateway.access;
