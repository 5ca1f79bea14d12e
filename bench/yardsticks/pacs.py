"""A base on the four styles of PACS and its fine-tuning on photos, in PyTorch as a user would write them.

Prints one JSON line for a seed, which draws the weights, the order and the augmentation of both:
top-1 in % on the photos' test and the mean of the other three, of the base, of the fine-tuned model
and of averages of the two. The model: a vision transformer (64 pixels, patches of 8, width 128,
4 layers, 4 heads) and one learnt vector for each caption "a STYLE of a CLASS" in place of a text
tower. A picture's class is the one whose mean vector over the four styles is nearest.
Needs: torch, pillow, numpy.

  bench/yardsticks/pacs.py DIR --seed 0    DIR holds {pretrain,train,test}/STYLE.tar
"""

import argparse
import io
import json
import math
import pathlib
import tarfile

import numpy
import torch
import torch.nn.functional as F
from PIL import Image

STYLES = ["photo", "art_painting", "cartoon", "sketch"]
CLASSES = ["dog", "elephant", "giraffe", "guitar", "horse", "house", "person"]
MEAN = torch.tensor([0.48145466, 0.4578275, 0.40821073]).view(3, 1, 1)
DEVIATION = torch.tensor([0.26862954, 0.26130258, 0.27577711]).view(3, 1, 1)


def pictures(path):
    """All pictures of an archive and their classes."""
    pixels, labels = [], []
    with tarfile.open(path) as archive:
        for member in archive:
            if member.isfile() and member.name.endswith((".jpg", ".jpeg", ".png")):
                image = Image.open(io.BytesIO(archive.extractfile(member).read())).convert("RGB")
                pixels.append(torch.from_numpy(numpy.asarray(image).copy()).permute(2, 0, 1))
                labels.append(CLASSES.index(pathlib.PurePath(member.name).parent.name))
    return (torch.stack(pixels).float() / 255 - MEAN) / DEVIATION, torch.tensor(labels)


class Tower(torch.nn.Module):
    def __init__(self, width=128, layers=4, heads=4, patch=8, size=64, projection=64):
        super().__init__()
        self.patches = torch.nn.Conv2d(3, width, patch, patch, bias=False)
        self.whole = torch.nn.Parameter(torch.randn(width) * width**-0.5)
        self.places = torch.nn.Parameter(torch.randn((size // patch) ** 2 + 1, width) * 0.02)
        self.before = torch.nn.LayerNorm(width)
        layer = torch.nn.TransformerEncoderLayer(
            width, heads, 4 * width, dropout=0, activation="gelu", batch_first=True, norm_first=True
        )
        self.layers = torch.nn.TransformerEncoder(layer, layers, enable_nested_tensor=False)
        self.after = torch.nn.LayerNorm(width)
        self.projection = torch.nn.Linear(width, projection, bias=False)

    def forward(self, pixels):
        patches = self.patches(pixels).flatten(2).transpose(1, 2)
        whole = self.whole.expand(len(pixels), 1, -1)
        hidden = self.layers(self.before(torch.cat([whole, patches], 1) + self.places))
        return F.normalize(self.projection(self.after(hidden[:, 0])), dim=-1)


def augmented(pixels, generator, shift=6):
    size = pixels.shape[-1]
    flips = torch.rand(len(pixels), generator=generator) < 0.5
    pixels = torch.where(flips.view(-1, 1, 1, 1), pixels.flip(-1), pixels)
    padded = F.pad(pixels, (shift,) * 4, mode="replicate")
    tops, lefts = torch.randint(0, 2 * shift + 1, (2, len(pixels)), generator=generator)
    return torch.stack([p[:, t : t + size, l : l + size] for p, t, l in zip(padded, tops, lefts)])


def train(parameters, loss, pixels, labels, epochs, batch, rate, decay, schedule, generator):
    optimiser = torch.optim.AdamW(parameters, lr=rate, weight_decay=decay)
    steps = epochs * math.ceil(len(pixels) / batch)
    scheduler = schedule(optimiser, steps)
    for _ in range(epochs):
        for places in torch.randperm(len(pixels), generator=generator).split(batch):
            optimiser.zero_grad()
            loss(augmented(pixels[places], generator), labels[places]).backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimiser.step()
            scheduler.step()


def one_cycle(optimiser, steps):
    rate = optimiser.param_groups[0]["lr"]
    return torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps, cycle_momentum=False)


def warm_cosine(optimiser, steps, warmup=5):
    def factor(step):
        if step < warmup:
            return (step + 1) / warmup
        return 0.5 * (1 + math.cos(math.pi * (step - warmup) / (steps - warmup)))

    return torch.optim.lr_scheduler.LambdaLR(optimiser, factor)


@torch.no_grad()
def scores(tower, head, tests):
    tower.eval()
    percent = {}
    for style, (pixels, labels) in tests.items():
        right = sum(
            (head(tower(p)).argmax(-1) == l).sum().item()
            for p, l in zip(pixels.split(256), labels.split(256))
        )
        percent[style] = 100 * right / len(labels)
    tower.train()
    others = [percent[style] for style in STYLES[1:]]
    return {"photo": percent["photo"], "others": sum(others) / len(others), **percent}


def between(base, tuned, alpha):
    return {name: torch.lerp(base[name], tuned[name], alpha) for name in base}


def copy(module):
    return {name: value.clone() for name, value in module.state_dict().items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--alphas", type=float, nargs="*", default=[0.3, 0.5])
    o = parser.parse_args()
    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    generator = torch.Generator().manual_seed(o.seed)

    tests = {style: pictures(o.folder / "test" / f"{style}.tar") for style in STYLES}
    parts = [pictures(o.folder / "pretrain" / f"{style}.tar") for style in STYLES]
    pixels = torch.cat([p for p, _ in parts])
    captions = torch.cat([l + i * len(CLASSES) for i, (_, l) in enumerate(parts)])

    tower = Tower()
    vectors = torch.nn.Parameter(torch.randn(len(STYLES) * len(CLASSES), 64) * 64**-0.5)
    scale = torch.nn.Parameter(torch.tensor(math.log(1 / 0.07)))

    def likeness(features, rows):
        return scale.exp().clamp(max=100) * features @ F.normalize(rows, dim=-1).T

    def told(batch, labels):
        return F.cross_entropy(likeness(tower(batch), vectors), labels)

    train([*tower.parameters(), vectors, scale], told, pixels, captions, 20, 128, 1e-3, 0.05, one_cycle, generator)

    with torch.no_grad():
        rows = F.normalize(vectors, dim=-1).view(len(STYLES), len(CLASSES), -1).mean(0)
        start = scale.exp().clamp(max=100) * F.normalize(rows, dim=-1)
    head = torch.nn.Linear(64, len(CLASSES), bias=False)
    head.weight.data.copy_(start)
    found = {"seed": o.seed, "base": scores(tower, head, tests)}

    base = copy(tower), copy(head)
    pixels, labels = pictures(o.folder / "train" / "photo.tar")

    def known(batch, labels):
        return F.cross_entropy(head(tower(batch)), labels)

    train([*tower.parameters(), *head.parameters()], known, pixels, labels, 10, 64, 3e-4, 0, warm_cosine, generator)
    found["full"] = scores(tower, head, tests)

    tuned = copy(tower), copy(head)
    for alpha in o.alphas:
        tower.load_state_dict(between(base[0], tuned[0], alpha))
        head.load_state_dict(between(base[1], tuned[1], alpha))
        found[f"full α={alpha:g}"] = scores(tower, head, tests)
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()
