#!/usr/bin/env python3
"""Times two programs in turn and says what their ratio is.

Both programs speak one protocol: they print a JSON line when ready, then one JSON line with numbers
for every line "go" on their standard input, until "quit". The pairs are interleaved (A B, B A, A B
...), so that a machine whose speed drifts treats both alike. For every number that both print, the
ratio A/B is shown as the median over the pairs with its 95% interval (bootstrap of the median).

  bench/pairs.py --pairs 9 --target seconds_per_step=1.05 --a 'COMMAND' --b 'COMMAND'
"""

import argparse
import json
import random
import shlex
import statistics
import subprocess


class Program:
    def __init__(self, command):
        self.process = subprocess.Popen(
            shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.about = self.read()

    def read(self):
        # Anything that is not JSON is the program's own chatter.
        for line in self.process.stdout:
            if line.startswith("{"):
                return json.loads(line)
        raise SystemExit(f"a program ended early: {self.process.args}")

    def go(self):
        print("go", file=self.process.stdin, flush=True)
        return self.read()

    def quit(self):
        print("quit", file=self.process.stdin, flush=True)
        self.process.wait(30)


def interval(values, draws=10_000):
    rng = random.Random(0)
    medians = sorted(
        statistics.median(rng.choices(values, k=len(values))) for _ in range(draws)
    )
    return medians[int(0.025 * draws)], medians[int(0.975 * draws) - 1]


def verdict(low, high, target):
    if high <= target:
        return "met"
    return "missed" if low > target else "undecided"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--a", required=True, help="the program that is judged")
    parser.add_argument("--b", required=True, help="what a user would pick instead")
    parser.add_argument("--pairs", type=int, default=9)
    parser.add_argument(
        "--target", action="append", default=[], help="NUMBER=HIGHEST_RATIO, may be repeated"
    )
    options = parser.parse_args()
    targets = {name: float(value) for name, value in (t.split("=") for t in options.target)}

    a, b = Program(options.a), Program(options.b)
    pairs = []
    for i in range(options.pairs):
        if i % 2 == 0:
            pairs.append((a.go(), b.go()))
        else:
            second = b.go()
            pairs.append((a.go(), second))
    a.quit()
    b.quit()

    print(f"A: {json.dumps(a.about)}\nB: {json.dumps(b.about)}\n{len(pairs)} interleaved pairs")
    for name in pairs[0][0].keys() & pairs[0][1].keys():
        first, second = ([p[k][name] for p in pairs] for k in (0, 1))
        ratios = [x / y for x, y in zip(first, second)]
        low, high = interval(ratios)
        judged = f"; target {targets[name]}: {verdict(low, high, targets[name])}" if name in targets else ""
        print(
            f"{name}: A {statistics.median(first):.4g}, B {statistics.median(second):.4g}, "
            f"A/B median {statistics.median(ratios):.3f} [{low:.3f}, {high:.3f}], "
            f"min {min(ratios):.3f}, max {max(ratios):.3f}{judged}"
        )


if __name__ == "__main__":
    main()
