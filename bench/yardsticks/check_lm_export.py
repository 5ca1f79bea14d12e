"""Loads an exported language model with transformers and compares what answers cost with Kedge's predictions.

  kedge export EXPERIMENT folder
  kedge predictions EXPERIMENT --suite S --candidate C --json > predictions.json
  check_lm_export.py folder predictions.json records.jsonl --prompt 'question: {question} answer:' --answer ' {answer}'

Every record needs an `id`. In a template `{field}` is a field of the record and `{list[field]}` the element
of a list at the place that another field tells. A prompt and its answer are tokenised together.
"""

import argparse
import json
import re

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


def filled(template, record):
    def value(found):
        field, index = found.group(1), found.group(2)
        return str(record[field][record[index]] if index else record[field])

    return re.sub(r"\{(\w+)(?:\[(\w+)\])?\}", value, template)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("predictions")
    parser.add_argument("records")
    parser.add_argument("--prompt", required=True)
    parser.add_argument("--answer", required=True)
    options = parser.parse_args()
    model, loading = AutoModelForCausalLM.from_pretrained(options.folder, output_loading_info=True)
    print({key: sorted(loading[key]) for key in ("missing_keys", "unexpected_keys")})
    tokenizer = AutoTokenizer.from_pretrained(options.folder)
    said = {}
    for line in open(options.predictions):
        for sample in json.loads(line)["predictions"]:
            said[sample["sample"]] = sample["language"]
    largest = 0.0
    for line in open(options.records):
        record = json.loads(line)
        prompt, answer = filled(options.prompt, record), filled(options.answer, record)
        begin = tokenizer(prompt)["input_ids"]
        ids = tokenizer(prompt + answer)["input_ids"]
        with torch.no_grad():
            logits = model.eval()(torch.tensor([ids])).logits[0].log_softmax(-1)
        nats = -sum(logits[i - 1, ids[i]].item() for i in range(len(begin), len(ids)))
        largest = max(largest, abs(nats - said[str(record["id"])]["nats"]))
    print(f"{len(said)} answers, largest difference {largest:.2e} nats")


if __name__ == "__main__":
    main()
