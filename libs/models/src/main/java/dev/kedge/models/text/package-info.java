/**
 * From words to token ids and back to vocabularies: CLIP's byte-level tokenizer, as transformers
 * runs it. Needs no libtorch.
 */
package dev.kedge.models.text;
