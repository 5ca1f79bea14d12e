#!/usr/bin/env python3
"""What numpy makes of the comparisons at the same speciality in libs/report's golden-trade-off.json.

Usage: bench/golden-trade-off.py [--write]

The file has the outcomes of nine points, three seeds and five suites. This reads them, resamples seeds and
samples by itself, and prints what `matched` and `averages` should be; --write puts `averages` into the file. Needs numpy.
"""

import json
import pathlib
import sys

import numpy

FILE = (
    pathlib.Path(__file__).resolve().parent.parent
    / "libs/report/src/test/resources/dev/kedge/report/golden-trade-off.json"
)
RESAMPLES = 10_000
WISE = ["full α=0.3", "full α=0.6", "full α=0.9"]
L2 = ["l2 a", "l2 b", "l2 c"]

study = json.loads(FILE.read_text())
random = numpy.random.default_rng(5)
outcomes = {
    label: {suite: numpy.array([[int(bit) for bit in run] for run in runs]) for suite, runs in point["bits"].items()}
    for label, point in study["points"].items()
}


def suites(role, use):
    return [suite for suite, its in study["suites"].items() if its == [role, use]]


def place(label, use, seeds, samples):
    """Where a point lies: speciality and generality, each the mean over its suites."""

    def value(suite):
        runs = outcomes[label][suite]
        runs = runs[seeds] if len(runs) > 1 else runs
        return runs[:, samples(suite)].mean()

    return tuple(numpy.mean([value(suite) for suite in suites(role, use)]) for role in ("SPECIALITY", "GENERALITY"))


def places(use, seeds=slice(None), samples=lambda suite: slice(None)):
    return {label: place(label, use, seeds, samples) for label in outcomes}


def resampled():
    seeds = random.integers(0, 3, 3)
    sizes = {suite: outcomes["base"][suite].shape[1] for suite in study["suites"]}
    drawn = {suite: random.integers(0, size, size) for suite, size in sizes.items()}
    return places("REPORT", seeds, drawn.get)


MEASURED = places("REPORT")
DRAWN = [resampled() for _ in range(RESAMPLES)]


def chosen(labels):
    """Those that no other dominates on SELECT data."""
    at = places("SELECT")

    def dominates(other, label):
        return at[other] != at[label] and all(a >= b for a, b in zip(at[other], at[label]))

    return [label for label in labels if not any(dominates(other, label) for other in labels)]


def curve(labels, at, speciality):
    points = sorted(at[label] for label in ["base"] + labels)
    return numpy.interp(speciality, [x for x, _ in points], [y for _, y in points])


def reach(labels, at):
    return max(at[label][0] for label in ["base"] + labels)


def compared(labels, others, goal):
    labels = chosen(labels)

    def answer(at):
        speciality = min(reach(labels, at), goal(at))
        mine, theirs = curve(labels, at, speciality), curve(others, at, speciality)
        return speciality, mine, theirs, mine - theirs

    drawn = numpy.array([answer(at) for at in DRAWN])
    smaller = min((drawn[:, 3] <= 0).sum(), (drawn[:, 3] >= 0).sum())
    return {
        "points": labels,
        "reference_points": others,
        "values": [float(value) for value in answer(MEASURED)],
        "intervals": [[float(end) for end in numpy.percentile(column, [2.5, 97.5])] for column in drawn.T],
        "p": float(min(1, 2 * (smaller + 1) / (RESAMPLES + 1))),
    }


def beside(labels, average):
    average = chosen(average)
    return compared(labels, average, lambda at: reach(average, at))


matched = {
    way: compared(labels, ["full"], lambda at: at["full"][0])
    for way, labels in {"l2": L2, "lora": ["lora"], "full wise": WISE}.items()
}
# One point beside three: the middle one of the three.
averages = {"full wise": {"l2": beside(L2, WISE), "lora": beside(["lora"], WISE[1:2])}}
print(json.dumps({"matched": matched, "averages": averages}, ensure_ascii=False, indent=2))
if "--write" in sys.argv:
    FILE.write_text(json.dumps(study | {"averages": averages}, ensure_ascii=False))
