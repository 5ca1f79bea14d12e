"""Adaptive model averaging by PyTorch's autograd, from lm/base to lm/ft: writes expected.json.

Made with torch 2.7.1, transformers 5.23.0, float32, one thread: `python make.py` in this folder.
"""

import json
import torch
from safetensors.torch import load_file
from transformers import OPTForCausalLM

RHO, EPSILON, BLOCKS, RATE = 0.4, 0.01, 2, 0.5

torch.set_num_threads(1)
model = OPTForCausalLM.from_pretrained("../lm/base", attn_implementation="eager").eval()
base = load_file("../lm/base/model.safetensors")
tuned = load_file("../lm/ft/final.safetensors")
records = [json.loads(line) for line in open("../lm/train.jsonl")]


def block(name):
    """Embeddings with the first block, layer i of L in block i * B // L, the rest with the last."""
    if ".layers." in name:
        depth = model.config.num_hidden_layers
        return int(name.split(".layers.")[1].split(".")[0]) * BLOCKS // depth
    return 0 if "embed" in name else BLOCKS - 1


def ratios(scores):
    lifted = torch.sigmoid(scores) + EPSILON
    return torch.clamp(RHO * lifted / lifted.mean(), max=1)


def loss(scores, step):
    r = ratios(scores)
    weights = {n: base[n] + r[block(n)] * (tuned[n] - base[n]) for n in base}
    total, rows = 0, 0
    for record in (r for r in records if r["step"] == step):
        prompt, answer = record["prompt_ids"], record["answer_ids"]
        ids = torch.tensor([prompt + answer])
        logits = torch.func.functional_call(model, weights, (ids,), tie_weights=True).logits[0]
        rows += len(answer)
        total = total + torch.nn.functional.cross_entropy(
            logits[len(prompt) - 1 : -1], ids[0, len(prompt) :], reduction="sum")
    return total / rows


scores = torch.zeros(BLOCKS, requires_grad=True)
optimiser = torch.optim.AdamW([scores], lr=RATE, weight_decay=0)
steps = []
for step in range(10):
    optimiser.zero_grad()
    value = loss(scores, step)
    value.backward()
    steps.append({
        "loss": value.item(),
        "ratios": ratios(scores).tolist(),
        "gradient": scores.grad.tolist(),
    })
    optimiser.step()
json.dump(
    {"rho": RHO, "blocks": BLOCKS, "rate": RATE, "steps": steps, "ratios": ratios(scores).tolist()},
    open("expected.json", "w"), indent=1)
