#!/usr/bin/env python3
"""Files of the line between two models, as a user would make them without Kedge.

  merge.py make --folder F --mb 1000      two random LLaMA models of that size: F/base and F/tuned
  merge.py recipe --folder F --alphas N  F/merge.yaml, by which `kedge merge` makes the same
  merge.py cp|python|mergekit --folder F --alphas N [--once]

`cp` copies the tuned model N times: the floor of any writing. `python` loads both files with
safetensors, interpolates with torch and saves, once for each alpha. `mergekit` calls its `linear`
merge in this process, so that starting Python is not counted. Speaks the protocol of bench/pairs.py,
or does it once and ends, to be timed as a whole.
"""

import argparse
import json
import pathlib
import resource
import shutil
import subprocess
import sys
import time


def make(options):
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    width, inner, vocabulary = 1024, 2816, 8192
    layer = 4 * width * width + 3 * width * inner
    layers = max(1, round((options.mb * 1e6 / 4 - 2 * vocabulary * width) / layer))
    config = LlamaConfig(
        hidden_size=width, intermediate_size=inner, num_hidden_layers=layers,
        num_attention_heads=16, vocab_size=vocabulary, tie_word_embeddings=False,
    )
    for seed, name in enumerate(("base", "tuned")):
        torch.manual_seed(seed)
        LlamaForCausalLM(config).save_pretrained(options.folder / name, max_shard_size="100GB")


def recipe(options):
    lines = [
        f"  '{i}': {{wise_ft: {{base: base, tuned: tuned, alpha: {alpha}}}}}"
        for i, alpha in enumerate(line(options.alphas))
    ]
    (options.folder / "merge.yaml").write_text("\n".join(["recipes:", *lines, ""]))


def copies(options, results):
    source = options.folder / "tuned" / "model.safetensors"
    for i in range(options.alphas):
        subprocess.run(["cp", source, results / f"{i}.safetensors"], check=True)


def python(options, results):
    import torch
    from safetensors.torch import load_file, save_file

    torch.set_num_threads(options.threads)
    base = load_file(options.folder / "base" / "model.safetensors")
    tuned = load_file(options.folder / "tuned" / "model.safetensors")
    for i, alpha in enumerate(line(options.alphas)):
        save_file({k: torch.lerp(v, tuned[k], alpha) for k, v in base.items()}, results / f"{i}.safetensors")


def mergekit(options, results):
    from mergekit.config import MergeConfiguration
    from mergekit.merge import run_merge
    from mergekit.options import MergeOptions

    for i, alpha in enumerate(line(options.alphas)):
        models = [
            {"model": str(options.folder / "base"), "parameters": {"weight": 1 - alpha}},
            {"model": str(options.folder / "tuned"), "parameters": {"weight": alpha}},
        ]
        config = MergeConfiguration.model_validate(
            {"merge_method": "linear", "models": models, "dtype": "float32"}
        )
        run_merge(config, str(results / str(i)), options=MergeOptions(copy_tokenizer=False, quiet=True))


def line(count):
    return [i / (count + 1) for i in range(1, count + 1)]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("how", choices=["make", "recipe", "cp", "python", "mergekit"])
    parser.add_argument("--folder", type=pathlib.Path, required=True)
    parser.add_argument("--mb", type=float, default=1000)
    parser.add_argument("--alphas", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--once", action="store_true")
    options = parser.parse_args()
    if options.how in ("make", "recipe"):
        return {"make": make, "recipe": recipe}[options.how](options)
    merge = {"cp": copies, "python": python, "mergekit": mergekit}[options.how]
    results = options.folder / options.how

    def once():
        # As on Kedge's side, removing the earlier results is part of the time.
        start = time.perf_counter()
        shutil.rmtree(results, ignore_errors=True)
        results.mkdir()
        merge(options, results)
        return time.perf_counter() - start

    once()
    if options.once:
        return
    print(json.dumps({"ready": True, "python": sys.version.split()[0], "how": options.how}), flush=True)
    for command in sys.stdin:
        if command.strip() != "go":
            break
        seconds = once()
        who = resource.RUSAGE_CHILDREN if options.how == "cp" else resource.RUSAGE_SELF
        rss = resource.getrusage(who).ru_maxrss / 1024
        print(json.dumps({"seconds": seconds, "rss_mb": rss}), flush=True)


if __name__ == "__main__":
    main()
