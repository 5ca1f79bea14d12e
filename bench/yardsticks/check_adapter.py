#!/usr/bin/env python3
"""Does PEFT make of a base and Kedge's adapter what Kedge made of them?

  check_adapter.py BASE FOLDER

BASE is the Hugging Face folder that was tuned, FOLDER the checkpoint that `kedge export` wrote, with
its `adapter/`. Puts the adapter on the base with PEFT and compares what both say of drawn tokens, or
pictures. Exit code 1 where a value differs by more than 1e-4 of the largest. Needs: torch,
transformers, peft.
"""

import sys

import torch
from peft import PeftModel
from transformers import AutoConfig, AutoModelForCausalLM, CLIPModel


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    base, folder = sys.argv[1:]
    config = AutoConfig.from_pretrained(folder)
    kind = CLIPModel if config.model_type == "clip" else AutoModelForCausalLM
    whole = kind.from_pretrained(folder, dtype=torch.float32).eval()
    plain = kind.from_pretrained(base, dtype=torch.float32).eval()
    before = says(config, plain)
    adapted = PeftModel.from_pretrained(plain, f"{folder}/adapter").eval()
    with torch.no_grad():
        wanted, found = says(config, whole), says(config, adapted.base_model.model)
    scale = wanted.abs().max().item()
    worst = (wanted - found).abs().max().item()
    moved = (wanted - before).abs().max().item()
    print(f"{wanted.numel()} values up to {scale:.3g}, of which training moved the most by {moved:.2e};")
    print(f"largest difference between PEFT's and Kedge's {worst:.2e}")
    return 0 if worst <= 1e-4 * scale and moved > 0 else 1


@torch.no_grad()
def says(config, model):
    torch.manual_seed(0)
    if config.model_type == "clip":
        edge = config.vision_config.image_size
        return model.vision_model(torch.randn(4, 3, edge, edge)).pooler_output
    length = min(16, config.max_position_embeddings)
    return model(torch.randint(0, config.vocab_size, (4, length))).logits


if __name__ == "__main__":
    sys.exit(main())
