"""Training steps of a small OPT in PyTorch eager as a user would write them with transformers.

Prints one JSON line for each round asked for on standard input ("go"), so that a harness can take
turns with another process: {"seconds_per_step": ..., "rss_mb": ...}. "quit" ends it.
Needs: torch, transformers. SDPA attention, fused AdamW, cross entropy of every token, clipping at 1.
--bf16 computes under autocast, with 32-bit weights.
"""

import argparse
import contextlib
import json
import resource
import sys
import time

import torch
from transformers import OPTConfig, OPTForCausalLM


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--tokens", type=int, default=128)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--depth", type=int, default=6)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--vocabulary", type=int, default=4096)
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument("--steps", type=int, default=5, help="steps of a round")
    return parser.parse_args()


def main():
    o = arguments()
    torch.set_num_threads(o.threads)
    torch.manual_seed(0)
    config = OPTConfig(
        vocab_size=o.vocabulary,
        hidden_size=o.width,
        word_embed_proj_dim=o.width,
        ffn_dim=4 * o.width,
        num_hidden_layers=o.depth,
        num_attention_heads=o.heads,
        max_position_embeddings=o.tokens,
        dropout=0.0,
        attn_implementation="sdpa",
    )
    model = OPTForCausalLM(config).train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-5, weight_decay=0.1, fused=True)
    ids = torch.randint(4, o.vocabulary, (o.batch, o.tokens))

    def precision():
        return torch.autocast("cpu", torch.bfloat16) if o.bf16 else contextlib.nullcontext()

    def step():
        optimiser.zero_grad(set_to_none=True)
        with precision():
            loss = model(input_ids=ids, labels=ids).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()

    for _ in range(3):
        step()
    print(json.dumps({"ready": True, "torch": torch.__version__}), flush=True)
    for line in sys.stdin:
        if line.strip() == "quit":
            break
        start = time.perf_counter()
        for _ in range(o.steps):
            step()
        seconds = (time.perf_counter() - start) / o.steps
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds_per_step": seconds, "rss_mb": peak}), flush=True)


if __name__ == "__main__":
    main()
