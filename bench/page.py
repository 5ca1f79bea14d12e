#!/usr/bin/env python3
"""The page of what bench/all measured: a table of all comparisons, and a picture of those that have a target.

  bench/page.py docs/results/bench.jsonl      writes bench.md and bench.svg beside it

Of a comparison that was recorded more than once the last counts.
"""

import json
import math
import pathlib
import sys
from html import escape

COLOURS = {"met": "#2a7f62", "missed": "#b3402e", "undecided": "#8a6d1a"}
ROW, LEFT, WIDTH = 22, 430, 900
LEAST, MOST = 0.02, 2.0
HEAD = ["| comparison | number | Kedge | other | ratio [95%] | min to max | pairs | target | |", "| --- " * 9 + "|"]


def line(row, title=""):
    judged = f"≤ {row['target']:g} | {row['verdict']}" if "target" in row else "|"
    return (
        f"| {title} | {row['number']} | {row['a']:.4g} | {row['b']:.4g} "
        f"| {row['ratio']:.3f} [{row['low']:.3f}, {row['high']:.3f}] | {row['min']:.3f} to {row['max']:.3f} | {row['pairs']} | {judged} |"
    )


def table_of(rows):
    """Rows of one comparison as Markdown."""
    return "\n".join([*HEAD, *(line(row) for row in rows)])


def page(entries):
    lines = [
        "# All comparisons, as they were run",
        "",
        "Written by `bench/page.py` from [bench.jsonl](bench.jsonl), to which `bench/all` adds what it measures. A ratio is Kedge's number by the other's, so less is better: the median of the pairs, its 95% interval, and the least and the most of them. The reasons of what is missed are in [speed](speed.md).",
        "",
        "![The ratios that have a target, with their intervals; a bar marks the target](bench.svg)",
        "",
        *HEAD,
    ]
    for entry in entries:
        for i, row in enumerate(entry["rows"]):
            lines.append(line(row, f"{entry['title']}, {entry['date']}" if i == 0 else ""))
    lines += ["", "## Machines and versions", ""]
    conditions = {}
    for entry in entries:
        sides = {side: about for side, about in entry.items() if side not in ("title", "date", "machine", "rows")}
        key = json.dumps([entry["machine"], {side: versions(about) for side, about in sides.items()}])
        conditions.setdefault(key, []).append(entry["title"])
    for key, titles in conditions.items():
        machine, sides = json.loads(key)
        told = "; ".join(f"{side}: {words(about)}" for side, about in sides.items() if about)
        lines.append(f"- {words(machine)}{'; ' + told if told else ''}: {'; '.join(titles)}.")
    return "\n".join(lines) + "\n"


def versions(about):
    return {name: value for name, value in about.items() if name not in ("threads", "seconds")}


def words(facts):
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in facts.items())


def picture(entries):
    rows = [(entry["title"], row) for entry in entries for row in entry["rows"] if "target" in row]
    height = ROW * len(rows) + 50

    def x(ratio):
        share = math.log(min(max(ratio, LEAST), MOST) / LEAST) / math.log(MOST / LEAST)
        return LEFT + share * (WIDTH - LEFT - 20)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'font-family="system-ui, sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
    ]
    for tick in (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2):
        at = x(tick)
        parts.append(f'<line x1="{at:.1f}" x2="{at:.1f}" y1="10" y2="{height - 30}" stroke="{"#888" if tick == 1 else "#ddd"}"/>')
        parts.append(f'<text x="{at:.1f}" y="{height - 12}" text-anchor="middle" fill="#333">{tick:g}</text>')
    for i, (title, row) in enumerate(rows):
        y, colour = 24 + ROW * i, COLOURS[row["verdict"]]
        label = f"{title}, {row['number']}"
        label = label if len(label) <= 66 else label[:65] + "…"
        parts += [
            f'<text x="{LEFT - 12}" y="{y + 4}" text-anchor="end" fill="#222">{escape(label)}</text>',
            f'<line x1="{x(row["low"]):.1f}" x2="{x(row["high"]):.1f}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="3"/>',
            f'<circle cx="{x(row["ratio"]):.1f}" cy="{y}" r="4" fill="{colour}"><title>{row["ratio"]:.3f}, {row["verdict"]}</title></circle>',
            f'<line x1="{x(row["target"]):.1f}" x2="{x(row["target"]):.1f}" y1="{y - 8}" y2="{y + 8}" stroke="#222" stroke-width="2"/>',
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def main(file):
    entries = {}
    for text in file.read_text(encoding="utf-8").splitlines():
        entry = json.loads(text)
        entries.pop(entry["title"], None)
        entries[entry["title"]] = entry
    file.with_suffix(".md").write_text(page(entries.values()), encoding="utf-8")
    file.with_suffix(".svg").write_text(picture(entries.values()), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
