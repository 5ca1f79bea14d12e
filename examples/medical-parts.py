#!/usr/bin/env python3
"""Makes the question files of docs/medical.md from the published ones: the very questions of docs/results.

  examples/medical-parts.py OUT --medmcqa dev.json            the authors' validation part, a JSON object a line
                                --pubmedqa ori_pqal.json      the labelled thousand
                                --piqa valid.jsonl valid-labels.lst

Each of the three may be left out. Which questions belong to a file, and in which order, is in medical-parts/FILE.ids: of
each the first eight characters of its published name. What is made is compared with what the results were made with.
"""
import argparse
import hashlib
import json
import sys
from pathlib import Path

NAMED = 8
LISTS = Path(__file__).resolve().parent / "medical-parts"
DIGESTS = LISTS / "digests.json"


def lines(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def medmcqa(file):
    """Questions by name; the authors count the right answer from 1."""
    for row in lines(file):
        choices = [row[name].strip() for name in ("opa", "opb", "opc", "opd")]
        yield row["id"], {"question": row["question"].strip(), "choices": choices, "answer": row["cop"] - 1}


def pubmedqa(file):
    for name, row in json.loads(file.read_text(encoding="utf-8")).items():
        yield name, {
            "question": row["QUESTION"].strip(),
            "context": " ".join(text.strip() for text in row["CONTEXTS"]),
            "answer": row["final_decision"],
            "long_answer": row["LONG_ANSWER"].strip(),
        }


def piqa(file, labels):
    answers = labels.read_text().split()
    for row, answer in zip(lines(file), answers, strict=True):
        yield {"question": row["goal"], "choices": [row["sol1"], row["sol2"]], "answer": int(answer)}


def chosen(records, name):
    """Those of a file, in its order; a name that is there twice, or not at all, ends it."""
    known = {}
    for published, record in records:
        known.setdefault(published[:NAMED], []).append({"id": published, **record})
    found = []
    for start in (LISTS / f"{name}.ids").read_text().split():
        if len(known.get(start, [])) != 1:
            sys.exit(f"{name}: {len(known.get(start, []))} published questions begin with '{start}', not one; is it the right file?")
        found += known[start]
    return found


def digest(records):
    """Over what the experiments read, whatever the form of the file."""
    plain = [{key: value for key, value in record.items() if key not in ("id", "subject")} for record in records]
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def write(out, name, records):
    file = out / f"{name}.jsonl"
    file.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    same = digest(records) == json.loads(DIGESTS.read_text())[name]
    print(f"{file}: {len(records)} questions, {'the same as' if same else 'NOT in all characters those of'} the results")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--medmcqa", type=Path)
    parser.add_argument("--pubmedqa", type=Path)
    parser.add_argument("--piqa", type=Path, nargs=2)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for part in ("train", "test"):
        if options.medmcqa:
            write(options.out, f"medmcqa-{part}", chosen(medmcqa(options.medmcqa), f"medmcqa-{part}"))
        if options.pubmedqa:
            write(options.out, f"pubmedqa-{part}", chosen(pubmedqa(options.pubmedqa), f"pubmedqa-{part}"))
    if options.piqa:
        write(options.out, "piqa-valid", list(piqa(*options.piqa)))


if __name__ == "__main__":
    main()
