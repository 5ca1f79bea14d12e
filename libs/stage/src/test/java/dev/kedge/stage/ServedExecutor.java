package dev.kedge.stage;

import jakarta.inject.Singleton;

/** The executor that the tested process finds. */
@Singleton
class ServedExecutor extends ScriptedExecutor {}
