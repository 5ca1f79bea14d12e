/** The life of one stage: claim, attach, progress, resume, commit, cancel. */
package dev.kedge.stage;
