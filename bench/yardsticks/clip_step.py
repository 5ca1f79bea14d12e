"""Fine-tuning steps of a small CLIP image tower with a head, in PyTorch eager as a user would write them.

Prints one JSON line for each round asked for on standard input ("go"), so that a harness can take
turns with another process: {"seconds_per_step": ..., "rss_mb": ...}. "quit" ends it.
Needs: torch, transformers. SDPA attention, fused AdamW, cross entropy, clipping at 1.
"""

import argparse
import json
import resource
import sys
import time

import torch
from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--image", type=int, default=64)
    parser.add_argument("--patch", type=int, default=8)
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--depth", type=int, default=6)
    parser.add_argument("--heads", type=int, default=3)
    parser.add_argument("--projection", type=int, default=64)
    parser.add_argument("--classes", type=int, default=7)
    parser.add_argument("--steps", type=int, default=10, help="steps of a round")
    return parser.parse_args()


class Classifier(torch.nn.Module):
    def __init__(self, o):
        super().__init__()
        self.tower = CLIPVisionModelWithProjection(
            CLIPVisionConfig(
                image_size=o.image,
                patch_size=o.patch,
                hidden_size=o.width,
                intermediate_size=4 * o.width,
                num_hidden_layers=o.depth,
                num_attention_heads=o.heads,
                projection_dim=o.projection,
                attn_implementation="sdpa",
            )
        )
        self.head = torch.nn.Linear(o.projection, o.classes)

    def forward(self, pixels):
        features = self.tower(pixel_values=pixels).image_embeds
        return self.head(torch.nn.functional.normalize(features, dim=-1))


def main():
    o = arguments()
    torch.set_num_threads(o.threads)
    torch.manual_seed(0)
    model = Classifier(o).train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-5, weight_decay=0.1, fused=True)
    pixels = torch.randn(o.batch, 3, o.image, o.image)
    labels = torch.randint(0, o.classes, (o.batch,))

    def step():
        optimiser.zero_grad(set_to_none=True)
        torch.nn.functional.cross_entropy(model(pixels), labels).backward()
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
