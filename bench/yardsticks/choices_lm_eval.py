"""Multiple choice scored by lm-evaluation-harness: its HFLM on a local file.

`--make opt` or `--make llama` first makes a model folder with random weights and a tokenizer of the
file's texts, where there is none, and ends. Otherwise the protocol of bench/pairs.py; the first line
says how far what another program wrote (`--nats FILE`) is from what is computed here: the largest
difference of a log-likelihood, and for how many questions another choice is the likeliest.
Needs: torch, transformers, lm_eval. The batch size is the fastest of some, found at the start.
"""

import argparse
import json
import pathlib
import sys
import time

import torch

PROMPT = "Question: {question}\nAnswer:"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="a Hugging Face folder")
    parser.add_argument("--file", required=True, help="JSON lines: question, choices, answer")
    parser.add_argument("--records", type=int, default=256, help="how many of the file's")
    parser.add_argument("--nats", help="file of another program's -ln p, one list a question")
    parser.add_argument("--make", choices=["opt", "llama"])
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def records(o):
    lines = pathlib.Path(o.file).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[: o.records]]


def make(o):
    from tokenizers import ByteLevelBPETokenizer
    from transformers import (
        LlamaConfig,
        LlamaForCausalLM,
        OPTConfig,
        OPTForCausalLM,
        PreTrainedTokenizerFast,
    )

    if pathlib.Path(o.model, "config.json").exists():
        return
    torch.manual_seed(0)
    trained = ByteLevelBPETokenizer()
    trained.train([o.file], vocab_size=8192, special_tokens=["<s>", "<pad>", "</s>"])
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=trained._tokenizer, bos_token="<s>", eos_token="</s>", pad_token="<pad>"
    )
    sizes = dict(vocab_size=8192, hidden_size=512, num_hidden_layers=6, num_attention_heads=8)
    sizes |= dict(max_position_embeddings=512, bos_token_id=0, pad_token_id=1, eos_token_id=2)
    if o.make == "opt":
        model = OPTForCausalLM(OPTConfig(ffn_dim=2048, word_embed_proj_dim=512, **sizes))
    else:
        model = LlamaForCausalLM(
            LlamaConfig(intermediate_size=1408, num_key_value_heads=4, **sizes)
        )
    # Random logits of untrained size choose by chance and by rounding; larger ones choose clearly.
    with torch.no_grad():
        model.get_output_embeddings().weight.mul_(5)
    model.save_pretrained(o.model)
    tokenizer.save_pretrained(o.model)


def requests(asked):
    from lm_eval.api.instance import Instance

    return [
        Instance("loglikelihood", r, (PROMPT.format(**r), " " + choice), i)
        for r in asked
        for i, choice in enumerate(r["choices"])
    ]


def scored(model, asked):
    found = iter(model.loglikelihood(requests(asked), disable_tqdm=True))
    return [[-next(found)[0] for _ in r["choices"]] for r in asked]


def fastest(load, asked):
    seconds = {}
    for size in (1, 4, 16, 64):
        model = load(size)
        scored(model, asked[:16])
        start = time.perf_counter()
        scored(model, asked[:64])
        seconds[size] = time.perf_counter() - start
    return min(seconds, key=seconds.get)


def agreement(o, here):
    if not o.nats:
        return {}
    there = json.loads(pathlib.Path(o.nats).read_text(encoding="utf-8"))
    differences = [abs(x - y) for a, b in zip(here, there, strict=True) for x, y in zip(a, b, strict=True)]
    likeliest = [min(range(len(a)), key=a.__getitem__) for a in here]
    others = [min(range(len(b)), key=b.__getitem__) for b in there]
    unlike = sum(a != b for a, b in zip(likeliest, others))
    return {"largest_difference_nats": max(differences), "other_likeliest_choices": unlike}


def main():
    o = arguments()
    if o.make:
        make(o)
        return
    from lm_eval.models.huggingface import HFLM

    torch.set_num_threads(o.threads)
    asked = records(o)

    def load(size):
        return HFLM(pretrained=o.model, device="cpu", dtype="float32", batch_size=size)

    size = fastest(load, asked)
    model = load(size)
    about = {"ready": True, "torch": torch.__version__, "batch_size": size}
    print(json.dumps(about | agreement(o, scored(model, asked))), flush=True)
    for line in sys.stdin:
        if line.strip() == "quit":
            break
        start, before = time.perf_counter(), time.process_time()
        scored(model, asked)
        numbers = {"seconds": time.perf_counter() - start, "cpu_seconds": time.process_time() - before}
        print(json.dumps(numbers), flush=True)


if __name__ == "__main__":
    main()
