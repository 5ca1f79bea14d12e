/**
 * Decoder language models of Hugging Face's families: OPT and Galactica, GPT-2, Llama, Mistral,
 * Qwen2 and Qwen3.
 *
 * <p>There is one {@link dev.kedge.models.language.Decoder}; a family is a reader of its {@code
 * config.json} and a list of tensor names. Configuration and folders need no native library; {@link
 * dev.kedge.models.language.LanguageModel} computes.
 */
package dev.kedge.models.language;
