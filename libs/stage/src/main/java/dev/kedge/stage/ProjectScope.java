package dev.kedge.stage;

import dev.kedge.store.Leases;
import dev.kedge.store.ProjectStore;

/** A project's store, and its leases as this process has observed them so far. */
record ProjectScope(ProjectStore store, Leases leases) {}
