#!/usr/bin/env python3
"""A study of six methods and eleven α over suites of pictures, one thing after another, as scripts do it.

  study.py --base FOLDER --data FOLDER --into FOLDER [--epochs 10] [--threads 2]
  study.py --base FOLDER --data FOLDER --tuned FOLDER

In the manner of wise_ft.py (Wortsman et al., 2022): for each method, train; write model and optimiser
after every epoch; then for each α average all weights with the base's, write the average, and evaluate
it on every suite with a DataLoader that decodes each picture again. Penalties are left to autograd,
and a teacher answers at each step. What is evaluated after each epoch there is left out here.

--base and each folder in --tuned are Hugging Face folders of a CLIP with `head.safetensors`; --data
has `train` and suites, each CLASS/NAME of pictures alone. Each "go" of bench/pairs.py is a whole study in an empty
--into; with --tuned nothing is trained or written, and the right answers of every average are printed.
Needs: torch, transformers, safetensors, pillow, numpy.
"""

import argparse
import copy
import json
import pathlib
import resource
import shutil
import sys
import time

import numpy
import torch
import torch.nn.functional as F
from pacs import warm_cosine
from pictures import numbers
from safetensors.torch import load_file
from transformers import CLIPVisionModelWithProjection, logging

METHODS = ["full", "lp-ft", "l1", "l2", "kd-logits", "kd-features"]
ALPHAS = [i / 10 for i in range(11)]
SHIFT = 6
EPOCHS = "epochs"


class Pictures(torch.utils.data.Dataset):
    def __init__(self, folder, size, augmented=False):
        classes = sorted(each.name for each in folder.iterdir())
        self.files = [(f, classes.index(f.parent.name)) for f in sorted(folder.glob("*/*"))]
        self.size, self.augmented = size, augmented

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        file, label = self.files[index]
        pixels = numbers(file.read_bytes(), self.size)
        return torch.from_numpy(augment(pixels) if self.augmented else pixels), label


def augment(pixels):
    """A flip or none, and a shift with the edge repeated."""
    if torch.rand(()) < 0.5:
        pixels = pixels[:, :, ::-1]
    padded = numpy.pad(pixels, ((0, 0), (SHIFT, SHIFT), (SHIFT, SHIFT)), mode="edge")
    top, left = torch.randint(0, 2 * SHIFT + 1, (2,)).tolist()
    size = pixels.shape[-1]
    return numpy.ascontiguousarray(padded[:, top : top + size, left : left + size])


class Classifier(torch.nn.Module):
    def __init__(self, folder):
        super().__init__()
        self.tower = CLIPVisionModelWithProjection.from_pretrained(folder)
        head = load_file(folder / "head.safetensors")
        self.head = torch.nn.Linear(*reversed(head["head.weight"].shape))
        self.head.load_state_dict({name.removeprefix("head."): value for name, value in head.items()})

    @property
    def size(self):
        return self.tower.config.image_size

    def features(self, pixels):
        return self.tower(pixel_values=pixels).image_embeds

    def logits(self, features):
        return self.head(F.normalize(features, dim=-1))


class Study:
    def __init__(self, o):
        self.o = o
        self.base = Classifier(o.base).eval()
        self.train = Pictures(o.data / "train", self.base.size, augmented=True)
        self.plain = Pictures(o.data / "train", self.base.size)
        suites = sorted(each for each in o.data.iterdir() if each.name != "train")
        self.suites = {each.name: Pictures(each, self.base.size) for each in suites}
        self.workers = 0
        self.rounds = 0

    def loader(self, pictures, shuffle=False):
        return torch.utils.data.DataLoader(pictures, self.o.batch, shuffle, num_workers=self.workers)

    # Training

    def tuned(self, method, into):
        model = copy.deepcopy(self.base).train()
        if method == "lp-ft":
            self.probe(model)
        start = [each.detach().clone() for each in model.parameters()]
        added = {
            "l1": lambda *_: 1e-4 * sum((p - s).abs().sum() for p, s in zip(model.parameters(), start)),
            "l2": lambda *_: 0.1 * sum(((p - s) ** 2).sum() for p, s in zip(model.parameters(), start)),
            "kd-logits": self.far_in_logits,
            "kd-features": self.far_in_features,
        }.get(method, lambda *_: 0)
        optimiser = torch.optim.AdamW(model.parameters(), lr=3e-4, weight_decay=0, fused=True)
        scheduler = warm_cosine(optimiser, self.o.epochs * -(-len(self.train) // self.o.batch))
        for epoch in range(self.o.epochs):
            for pixels, labels in self.loader(self.train, shuffle=True):
                features = model.features(pixels)
                logits = model.logits(features)
                loss = F.cross_entropy(logits, labels) + added(pixels, features, logits)
                step(optimiser, scheduler, loss)
            torch.save(model.state_dict(), into / EPOCHS / f"checkpoint_{epoch + 1}.pt")
            torch.save(optimiser.state_dict(), into / EPOCHS / f"optim_{epoch + 1}.pt")
        torch.save(model.state_dict(), into / "finetuned.pt")
        return model.eval()

    def probe(self, model):
        """The head alone, on features that are computed once."""
        with torch.no_grad():
            batches = [(model.features(pixels), labels) for pixels, labels in self.loader(self.plain)]
        known = torch.utils.data.TensorDataset(*(torch.cat(each) for each in zip(*batches)))
        optimiser = torch.optim.AdamW(model.head.parameters(), lr=3e-3, weight_decay=0, fused=True)
        scheduler = warm_cosine(optimiser, self.o.epochs * -(-len(known) // self.o.batch))
        for _ in range(self.o.epochs):
            for features, labels in torch.utils.data.DataLoader(known, self.o.batch, shuffle=True):
                step(optimiser, scheduler, F.cross_entropy(model.logits(features), labels))

    def far_in_logits(self, pixels, features, logits):
        with torch.no_grad():
            taught = self.base.logits(self.base.features(pixels))
        return 0.3 * F.kl_div(logits.log_softmax(-1), taught.log_softmax(-1), log_target=True, reduction="batchmean")

    def far_in_features(self, pixels, features, logits):
        with torch.no_grad():
            taught = self.base.features(pixels)
        return 0.1 * ((features - taught) ** 2).sum(-1).mean()

    # Averages

    @torch.inference_mode()
    def right(self, model):
        """Right answers in each suite."""
        right = {}
        for name, pictures in self.suites.items():
            right[name] = sum(
                int((model.logits(model.features(pixels)).argmax(-1) == labels).sum())
                for pixels, labels in self.loader(pictures)
            )
        return right

    def line(self, model, into=None):
        """Right answers at every α, each average written if there is a place for it."""
        zero, one = self.base.state_dict(), {name: each.clone() for name, each in model.state_dict().items()}
        found = {}
        for alpha in ALPHAS:
            model.load_state_dict({name: (1 - alpha) * zero[name] + alpha * one[name] for name in zero})
            if into:
                torch.save(model.state_dict(), into / f"wise_ft_alpha={alpha:.3f}.pt")
            found[f"{alpha:g}"] = self.right(model)
        return found

    def run(self):
        shutil.rmtree(self.o.into, ignore_errors=True)
        torch.manual_seed(self.rounds)
        self.rounds += 1
        start, cpu = time.perf_counter(), cpu_seconds()
        found = {}
        for method in METHODS:
            into = self.o.into / method
            (into / EPOCHS).mkdir(parents=True)
            torch.save(self.base.state_dict(), self.o.into / "zeroshot.pt")
            found[method] = self.line(self.tuned(method, into), into)
        return {
            "seconds": time.perf_counter() - start,
            "cpu_seconds": cpu_seconds() - cpu,
            "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "disk_mb": sum(size(f) for f in self.o.into.rglob("*.pt")),
            "disk_without_epochs_mb": sum(size(f) for f in self.o.into.rglob("*.pt") if f.parent.name != EPOCHS),
            "right": found,
        }

    def take_fastest_workers(self):
        def seconds(count):
            self.workers = count
            start = time.perf_counter()
            self.right(self.base)
            return time.perf_counter() - start

        seconds(0)
        self.workers = min(range(3), key=seconds)


def step(optimiser, scheduler, loss):
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_([p for group in optimiser.param_groups for p in group["params"]], 1.0)
    optimiser.step()
    scheduler.step()


def cpu_seconds():
    """Of this process and of those that have loaded for it."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def size(file):
    return file.stat().st_blocks * 512 / 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for folder in ("base", "data", "into", "tuned"):
        parser.add_argument(f"--{folder}", type=pathlib.Path)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--threads", type=int, default=2)
    o = parser.parse_args()
    torch.set_num_threads(o.threads)
    logging.set_verbosity_error()
    study = Study(o)
    if o.tuned:
        print(json.dumps({method: study.line(Classifier(o.tuned / method).eval()) for method in METHODS}))
        return
    study.take_fastest_workers()
    print(json.dumps({"ready": True, "torch": torch.__version__, "workers": study.workers}), flush=True)
    for command in sys.stdin:
        if command.strip() != "go":
            break
        print(json.dumps(study.run()), flush=True)


if __name__ == "__main__":
    main()
