#!/usr/bin/env python3
"""Does transformers see in an exported checkpoint what Kedge saw?

  check_export.py FOLDER PREDICTIONS.jsonl PICTURES.tar

FOLDER is what `kedge export` wrote, PREDICTIONS a file of an EVALUATE stage for that checkpoint,
PICTURES the imported tar. Loads the folder as it is, scores every picture, and compares class and
confidence. Exit code 1 where one differs by more than 1e-4. Needs: torch, transformers, Pillow.
"""

import io
import json
import sys
import tarfile

import torch
from PIL import Image
from safetensors.torch import load_file
from transformers import CLIPImageProcessorPil, CLIPModel


def main():
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    folder, predictions, pictures = sys.argv[1:]
    model = CLIPModel.from_pretrained(folder).eval()
    head = load_file(f"{folder}/head.safetensors")
    processor = CLIPImageProcessorPil.from_pretrained(folder)
    with open(predictions) as lines:
        rows = [json.loads(line) for line in lines][1:]
    tar = tarfile.open(pictures)
    images = [
        Image.open(io.BytesIO(tar.extractfile(row["sample"]).read())).convert("RGB") for row in rows
    ]
    with torch.no_grad():
        pixels = processor(images, return_tensors="pt")["pixel_values"]
        features = model.get_image_features(pixel_values=pixels).pooler_output
        unit = torch.nn.functional.normalize(features, dim=-1)
        shares = (unit @ head["head.weight"].T + head["head.bias"]).softmax(-1)
    confidence, predicted = shares.max(-1)
    same = sum(int(p == row["top"][0]) for p, row in zip(predicted.tolist(), rows))
    worst = max(abs(c - row["confidence"]) for c, row in zip(confidence.tolist(), rows))
    print(f"{len(rows)} pictures, same class {same}, largest difference of confidence {worst:.2e}")
    return 0 if same == len(rows) and worst <= 1e-4 else 1


if __name__ == "__main__":
    sys.exit(main())
