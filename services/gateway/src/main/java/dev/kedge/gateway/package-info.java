/** The public API: validates, resolves names, keeps records, starts workflows. */
package dev.kedge.gateway;
