package dev.kedge.models.train;

/** Full fine-tuning: everything trains, nothing protects. */
public record Full() implements Method {}
