/** What a project keeps in the store, and giving space back. */
package dev.kedge.gateway.storage;
