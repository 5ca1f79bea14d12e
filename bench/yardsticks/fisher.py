"""The diagonal Fisher information of some samples in PyTorch, the data's labels, summed over the samples.

  fisher.py vmap   torch.func: vmap(grad) over chunks of samples, attention written out (the fused
                   kernels have no rule for vmap); the chunk is the fastest of --chunks, tried first
  fisher.py loop   one sample after the other, backward, square: as most code has it

Prints one JSON line for each round asked for on standard input ("go"), so that a harness can take
turns with another process: {"seconds_per_pass": ..., "rss_mb": ...}. "quit" ends it.
Needs: torch, transformers. The models are those of clip_step.py and lm_step.py.
"""

import argparse
import json
import resource
import sys
import time

import torch
from torch.func import functional_call, grad, vmap
from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection, OPTConfig, OPTForCausalLM


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("way", choices=["vmap", "loop"])
    parser.add_argument("--model", choices=["CLIP", "OPT"], default="CLIP")
    parser.add_argument("--samples", type=int, default=64)
    parser.add_argument("--chunks", type=int, nargs="+", default=[2, 4, 8, 16, 32])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--passes", type=int, default=2, help="passes of a round")
    return parser.parse_args()


class Classifier(torch.nn.Module):
    def __init__(self, attention):
        super().__init__()
        self.tower = CLIPVisionModelWithProjection(
            CLIPVisionConfig(
                image_size=64,
                patch_size=8,
                hidden_size=192,
                intermediate_size=768,
                num_hidden_layers=6,
                num_attention_heads=3,
                projection_dim=64,
                attn_implementation=attention,
            )
        )
        self.head = torch.nn.Linear(64, 7)

    def forward(self, pixels):
        features = self.tower(pixel_values=pixels).image_embeds
        return self.head(torch.nn.functional.normalize(features, dim=-1))


def images(o, attention):
    model = Classifier(attention)
    pixels = torch.randn(o.samples, 3, 64, 64)
    labels = torch.randint(0, 7, (o.samples,))

    def loss(answers, label):
        return torch.nn.functional.cross_entropy(answers, label, reduction="sum")

    return model, pixels, labels, loss


def text(o, attention):
    opt = OPTForCausalLM(
        OPTConfig(
            vocab_size=4096,
            hidden_size=256,
            word_embed_proj_dim=256,
            ffn_dim=1024,
            num_hidden_layers=6,
            num_attention_heads=4,
            max_position_embeddings=128,
            dropout=0.0,
            attn_implementation=attention,
        )
    )
    ids = torch.randint(4, 4096, (o.samples, 128))
    # Masks and positions that are built from data have no rule for vmap: they are given.
    mask = torch.full((128, 128), float("-inf")).triu(1)[None, None]
    positions = torch.arange(128)[None]

    class Logits(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.opt = opt

        def forward(self, ids):
            return self.opt(
                input_ids=ids, attention_mask=mask, position_ids=positions, use_cache=False
            ).logits[:, :-1]

    def loss(logits, target):
        return torch.nn.functional.cross_entropy(
            logits.reshape(-1, 4096), target.reshape(-1), reduction="sum"
        )

    return Logits(), ids, ids[:, 1:], loss


def by_vmap(model, inputs, labels, loss, chunk):
    weights = {name: p.detach() for name, p in model.named_parameters()}

    def of_one(weights, x, y):
        return loss(functional_call(model, weights, (x[None],)), y[None])

    each = vmap(grad(of_one), in_dims=(None, 0, 0))

    def run():
        sums = {name: torch.zeros_like(p) for name, p in weights.items()}
        for first in range(0, len(inputs), chunk):
            some = slice(first, first + chunk)
            for name, g in each(weights, inputs[some], labels[some]).items():
                sums[name] += g.square_().sum(0)
        return sums

    return run


def by_loop(model, inputs, labels, loss):
    parameters = list(model.parameters())

    def run():
        sums = [torch.zeros_like(p) for p in parameters]
        for x, y in zip(inputs, labels):
            of_one = loss(model(x[None]), y[None])
            for total, g in zip(sums, torch.autograd.grad(of_one, parameters)):
                total += g.square()
        return sums

    return run


def seconds(run, passes):
    start = time.perf_counter()
    for _ in range(passes):
        run()
    return (time.perf_counter() - start) / passes


def best(o, parts):
    chunks = [chunk for chunk in o.chunks if chunk <= o.samples]
    tried = {}
    for chunk in chunks:
        run = by_vmap(*parts, chunk)
        run()
        tried[chunk] = seconds(run, 1)
    chunk = min(tried, key=tried.get)
    return by_vmap(*parts, chunk), {"chunk": chunk, "tried": tried}


def main():
    o = arguments()
    torch.set_num_threads(o.threads)
    torch.manual_seed(0)
    parts = (images if o.model == "CLIP" else text)(o, "eager" if o.way == "vmap" else "sdpa")
    run, about = best(o, parts) if o.way == "vmap" else (by_loop(*parts), {})
    run()
    print(json.dumps({"ready": True, "torch": torch.__version__, **about}), flush=True)
    for line in sys.stdin:
        if line.strip() == "quit":
            break
        before = time.process_time()
        elapsed = seconds(run, o.passes)
        computed = (time.process_time() - before) / o.passes
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            json.dumps({"seconds_per_pass": elapsed, "cpu_seconds": computed, "rss_mb": peak}),
            flush=True,
        )


if __name__ == "__main__":
    main()
