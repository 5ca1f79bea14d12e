#!/usr/bin/env python3
"""Encoded pictures to a model's numbers with Pillow and numpy, on one thread.

  pictures.py --folder FOLDER          times passes for bench/pairs.py
  pictures.py --folder FOLDER --digest prints the SHA-256 of all numbers
  pictures.py --folder FOLDER --draw N draws N JPEG files of 500 x 375 first, as photos go

The shortest edge is resized by Pillow's bicubic, the centre cropped, and levels become numbers by a
table each for red, green and blue, the fastest way tried that gives the numbers of transformers.
Needs: pillow, numpy.
"""

import argparse
import hashlib
import io
import json
import os
import resource
import sys
import time

import numpy
from PIL import Image, ImageOps

MEAN = numpy.array([0.48145466, 0.4578275, 0.40821073], dtype=numpy.float32)
STD = numpy.array([0.26862954, 0.26130258, 0.27577711], dtype=numpy.float32)
LEVELS = (numpy.arange(256) * 0.00392156862745098).astype(numpy.float32)
TABLES = [(LEVELS - MEAN[c]) / STD[c] for c in range(3)]


def draw(folder, count):
    os.makedirs(folder, exist_ok=True)
    random = numpy.random.default_rng(0)
    for i in range(count):
        picture = numpy.zeros((375, 500, 3), dtype=numpy.float32)
        for octave in range(8):
            cells = (3 << octave, 2 + (2 << octave))
            noise = random.random((cells[1], cells[0], 3), dtype=numpy.float32) * 255
            layer = Image.fromarray(noise.astype(numpy.uint8)).resize((500, 375), Image.BICUBIC)
            picture += (numpy.asarray(layer, dtype=numpy.float32) - 127) / (1.6**octave)
        pixels = numpy.clip(picture + 127, 0, 255).astype(numpy.uint8)
        Image.fromarray(pixels).save(f"{folder}/{i:04d}.jpg", quality=90)


def numbers(data, size):
    picture = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    shorter = min(picture.size)
    width, height = (int(size * side / shorter) for side in picture.size)
    picture = picture.resize((width, height), Image.BICUBIC)
    left, top = (width - size) // 2, (height - size) // 2
    levels = numpy.asarray(picture.crop((left, top, left + size, top + size)))
    return numpy.stack([numpy.take(TABLES[c], levels[:, :, c]) for c in range(3)])


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", required=True)
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--draw", type=int, default=0)
    parser.add_argument("--digest", action="store_true")
    parser.add_argument("--passes", type=int, default=1)
    o = parser.parse_args()
    if o.draw:
        draw(o.folder, o.draw)
        return
    names = sorted(name for name in os.listdir(o.folder) if name.endswith(".jpg"))
    files = [open(os.path.join(o.folder, name), "rb").read() for name in names]
    if o.digest:
        sha = hashlib.sha256()
        for data in files:
            sha.update(numbers(data, o.size).tobytes())
        print(sha.hexdigest())
        return

    def passes(count):
        start = time.perf_counter()
        for _ in range(count):
            for data in files:
                numbers(data, o.size)
        return (time.perf_counter() - start) / count

    passes(1)
    print(json.dumps({"ready": True, "pillow": Image.__version__, "pictures": len(files)}), flush=True)
    for line in sys.stdin:
        if line.strip() == "quit":
            break
        before = time.process_time()
        seconds = passes(o.passes)
        computed = (time.process_time() - before) / o.passes
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            json.dumps({"seconds_per_pass": seconds, "cpu_seconds": computed, "rss_mb": peak}),
            flush=True,
        )


if __name__ == "__main__":
    main()
