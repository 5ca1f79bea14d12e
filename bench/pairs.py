#!/usr/bin/env python3
"""Times two programs in turn and says what their ratio is.

Both programs speak one protocol: they print a JSON line when ready, then one JSON line with numbers
for every line "go" on their standard input, until "quit". The pairs are interleaved (A B, B A, A B
...), so that a machine whose speed drifts treats both alike. For every number that both print, the
ratio A/B is shown as the median over the pairs with its 95% interval (bootstrap of the median).

  bench/pairs.py --title "A step" --pairs 9 --target seconds_per_step=1.05 --a 'COMMAND' --b 'COMMAND'

Where KEDGE_BENCH_RESULTS names a file, the result is added to it, a JSON line, for bench/page.py.
"""

import argparse
import datetime
import json
import os
import pathlib
import random
import re
import shlex
import statistics
import subprocess
import sys


# Fewer pairs judge nothing.
FEWEST = 7


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


def compared(number, ours, theirs, target=None):
    """A number of both sides in all pairs, as a row of a table."""
    ratios = [a / b for a, b in zip(ours, theirs)]
    low, high = interval(ratios)
    judged = {} if target is None else {"target": target, "verdict": verdict(low, high, target)}
    if judged and len(ratios) < FEWEST:
        judged["verdict"] = "undecided"
    return {
        "number": number, "pairs": len(ratios), "a": statistics.median(ours), "b": statistics.median(theirs),
        "ratio": statistics.median(ratios), "low": low, "high": high, "min": min(ratios), "max": max(ratios), **judged,
    }


def machine():
    """What the numbers are of."""
    processors = re.findall(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text())
    java = subprocess.run(["java", "-version"], check=True, stderr=subprocess.PIPE, text=True).stderr
    return {
        "processor": processors[0] if processors else os.uname().machine, "cores": os.cpu_count(),
        "memory_gb": round(int(memory.group(1)) / 1e6, 1), "kernel": os.uname().release,
        "java": re.search(r'"(.*)"', java).group(1), "python": ".".join(map(str, sys.version_info[:3])),
    }


def record(title, rows, **about):
    """Adds a comparison to the file of results, if there is one."""
    if file := os.environ.get("KEDGE_BENCH_RESULTS"):
        entry = {"title": title, "date": datetime.date.today().isoformat(), "machine": machine(), **about, "rows": rows}
        with open(file, "a", encoding="utf-8") as lines:
            print(json.dumps(entry, ensure_ascii=False), file=lines)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--a", required=True, help="the program that is judged")
    parser.add_argument("--b", required=True, help="what a user would pick instead")
    parser.add_argument("--title", help="what is compared, in the table of results")
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
    rows = []
    for name in sorted(pairs[0][0].keys() & pairs[0][1].keys()):
        row = compared(name, *([p[k][name] for p in pairs] for k in (0, 1)), targets.get(name))
        judged = f"; target {row['target']}: {row['verdict']}" if "target" in row else ""
        print(
            f"{name}: A {row['a']:.4g}, B {row['b']:.4g}, A/B median {row['ratio']:.3f} [{row['low']:.3f}, {row['high']:.3f}], "
            f"min {row['min']:.3f}, max {row['max']:.3f}{judged}"
        )
        rows.append(row)
    record(options.title or f"{options.a} / {options.b}", rows, kedge=a.about, other=b.about)


if __name__ == "__main__":
    main()
