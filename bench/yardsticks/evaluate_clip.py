#!/usr/bin/env python3
"""Accuracy of a CLIP with a head over folders of pictures, as a script with a DataLoader does it.

  evaluate_clip.py --folder FOLDER [--threads 2]

FOLDER is what `dev.kedge.bench.Sweep --folder` leaves: `tuned`, a Hugging Face folder with
`head.safetensors`, and `suiteN-source/CLASS/NAME.jpg`. Takes as many worker processes as are
fastest here, from none to two. Speaks the protocol of bench/pairs.py.
Needs: torch, transformers, safetensors, Pillow, numpy.
"""

import argparse
import json
import pathlib
import resource
import sys
import time

import torch
from pictures import numbers
from safetensors.torch import load_file
from transformers import CLIPModel

BATCH = 64


class Pictures(torch.utils.data.Dataset):
    def __init__(self, suite, size):
        classes = sorted(folder.name for folder in suite.iterdir())
        self.files = [(f, classes.index(f.parent.name)) for f in sorted(suite.glob("*/*.jpg"))]
        self.size = size

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        file, label = self.files[index]
        return torch.from_numpy(numbers(file.read_bytes(), self.size)), label


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", required=True, type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    model = CLIPModel.from_pretrained(options.folder / "tuned").eval()
    head = load_file(options.folder / "tuned" / "head.safetensors")
    size = model.config.vision_config.image_size
    suites = [Pictures(s, size) for s in sorted(options.folder.glob("suite*-source"))]

    @torch.inference_mode()
    def evaluate(workers):
        right = 0
        for suite in suites:
            loader = torch.utils.data.DataLoader(suite, batch_size=BATCH, num_workers=workers)
            for pixels, labels in loader:
                features = model.get_image_features(pixel_values=pixels).pooler_output
                unit = torch.nn.functional.normalize(features, dim=-1)
                logits = unit @ head["head.weight"].T + head["head.bias"]
                right += int((logits.argmax(-1) == labels).sum())
        return right

    def timed(workers):
        start = time.perf_counter()
        right = evaluate(workers)
        return time.perf_counter() - start, right

    evaluate(0)
    workers = min(range(3), key=lambda count: timed(count)[0])
    print(json.dumps({"ready": True, "torch": torch.__version__, "workers": workers}), flush=True)
    for command in sys.stdin:
        if command.strip() != "go":
            break
        seconds, right = timed(workers)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": seconds, "right": right, "rss_mb": peak}), flush=True)


if __name__ == "__main__":
    main()
