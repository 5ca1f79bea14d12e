"""The rounds of bench/study: Kedge, the floor and the script in turn, then whether the numbers are the same."""

import argparse
import itertools
import json
import os
import pathlib
import re
import shlex
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time

from page import table_of
from pairs import Program, compared, record
from platform_up import Platform

HERE = pathlib.Path(__file__).resolve().parent
STYLES = ["photo", "art_painting", "cartoon", "sketch"]
SUITES = [style.replace("_", "-") for style in STYLES]
PICTURES = (".jpg", ".jpeg", ".png")
CHECK = "check"
FLOORS = {"floor": "one after the other", "shared floor": "as many at once as there are threads"}
METHODS = ["full", "lp-ft", "l1", "l2", "kd-logits", "kd-features"]
BASE = """
extends: {examples}/pacs-base.yaml
training: {{epochs: {epochs}, batch_size: 128, learning_rate: 1e-3, weight_decay: 0.05, schedule: ONE_CYCLE,
  clip_norm: 1.0, threads: {threads}, augmentation: {{flip: true, shift_pixels: 6}}}}
evaluations: [{{id: sketch, dataset: datasets/{check}, role: SPECIALITY, templates: ["a sketch of a {{}}"]}}]
"""
STUDY = """
base: models/base
task:
  image_classification:
    train: datasets/train
    templates: ["a photo of a {{}}", "an art painting of a {{}}", "a cartoon of a {{}}", "a sketch of a {{}}"]
training: {{epochs: {epochs}, batch_size: {batch}, learning_rate: 3e-4, weight_decay: 0, warmup_steps: 5, schedule: COSINE,
  clip_norm: 1.0, threads: {threads}, seeds: [{seed}], augmentation: {{flip: true, shift_pixels: 6}}}}
methods:
  - {{id: full, full: {{}}}}
  - {{id: lp-ft, lp_ft: {{learning_rate: 3e-3}}}}
  - {{id: l1, l1: {{lambda: 1e-4}}}}
  - {{id: l2, l2: {{lambda: 0.1}}}}
  - {{id: kd-logits, kd_logits: {{lambda: 0.3}}}}
  - {{id: kd-features, kd_features: {{lambda: 0.1}}}}
averages: [{{id: wise, wise_ft: {{alphas: {alphas}}}, of: [{methods}]}}]
evaluations:
"""
EVALUATION = "  - {{id: {name}, dataset: datasets/{name}, role: {role}}}\n"


def unpack(archive, into, most=None):
    """Pictures as files that all sides read: the first of each class, the second of each, and so on."""
    with tarfile.open(archive) as tar:
        classes = {}
        for member in sorted((m for m in tar if m.isfile() and m.name.endswith(PICTURES)), key=lambda m: m.name):
            classes.setdefault(pathlib.PurePath(member.name).parent.name, []).append(member)
        turns = itertools.zip_longest(*(classes[label] for label in sorted(classes)))
        for member in [m for turn in turns for m in turn if m][:most]:
            name = pathlib.PurePath(member.name)
            place = into / name.parent.name / name.name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(tar.extractfile(member).read())


def disk(folder):
    return sum(f.stat().st_blocks * 512 for f in folder.rglob("*") if f.is_file()) / 1e6


def cpu_seconds(process):
    """What a process has computed so far, with all its threads."""
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_mb(process):
    """The most memory that a process has had at once."""
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) / 1024


class Kedge:
    """A study in each round, on one platform, which has made the base of the study before."""

    def __init__(self, options, home):
        self.o, self.home = options, home
        self.round = 0
        self.platform = Platform(home / "state")

    def __enter__(self):
        self.platform.__enter__()
        self.prepare()
        return self

    def __exit__(self, *about):
        self.platform.__exit__(*about)

    def file(self, name, text, **values):
        path = self.home / f"{name}.yaml"
        path.write_text(text.format(threads=max(1, self.o.threads // self.o.slots), **values))
        return str(path)

    def study(self):
        """The file of a study; the first suite is the speciality's."""
        roles = ["SPECIALITY"] + ["GENERALITY"] * (len(SUITES) - 1)
        tests = "".join(EVALUATION.format(name=suite, role=role) for suite, role in zip(SUITES, roles))
        values = {"epochs": self.o.epochs, "batch": self.o.batch, "seed": self.round, "methods": ", ".join(METHODS)}
        alphas = [i / 10 for i in range(11)]
        return self.file("study", STUDY + tests.replace("{", "{{").replace("}", "}}"), alphas=alphas, **values)

    def prepare(self):
        for style in STYLES:
            pictures = str(self.o.folder / "pretrain" / f"{style}.tar")
            self.platform.kedge("dataset", "import", f"{style.replace('_', '-')}-pretrain", pictures)
        unpack(self.o.folder / "train" / "sketch.tar", self.home / "data-of-base" / CHECK, 64)
        for name in ["train", *SUITES]:
            self.platform.kedge("dataset", "import", name, str(self.home / "data" / name))
        self.platform.kedge("dataset", "import", CHECK, str(self.home / "data-of-base" / CHECK))
        file = self.file("base", BASE, examples=HERE.parent / "examples", epochs=self.o.base_epochs, check=CHECK)
        self.platform.kedge("launch", file, "--title", "base", "--wait")
        self.platform.kedge("promote", "base", "base@start")

    def go(self):
        platform, state, name = self.platform, self.platform.state, f"study-{self.round}"
        file = self.study()
        before, stored = disk(state), disk(state / "s3")
        computed, start = cpu_seconds(platform.process), time.perf_counter()
        platform.kedge("launch", file, "--title", name, "--wait")
        seconds = time.perf_counter() - start
        found = {
            "seconds": seconds,
            "cpu_seconds": cpu_seconds(platform.process) - computed,
            "rss_mb": peak_mb(platform.process),
            "disk_mb": disk(state) - before,
            "store_mb": disk(state / "s3") - stored,
            "computing": computing(json.loads(platform.kedge("get", name, "--json"))),
            "right": right(json.loads(platform.kedge("report", name, "--json"))),
        }
        if self.round == 0:
            for candidate in ["base", *METHODS]:
                platform.kedge("export", name, str(self.home / "checkpoints" / candidate), "--candidate", candidate)
        self.round += 1
        return found


def right(report):
    """Right answers by method, α and suite; α = 0 is the base and 1 what was trained."""
    found = {method: {} for method in METHODS}
    for point in report["points"]:
        answers = {each["suite"]: round(each["accuracy"]["value"] * each["samples"]) for each in point["suites"]}
        if "average" in point:
            found[point["method"]][f"{point.get('alpha', 0):g}"] = answers
    return found


def computing(experiment):
    """Seconds that stages computed, by their kind."""
    seconds = {}
    for stage in experiment["stages"]:
        if not stage.get("cached"):
            seconds[stage["kind"]] = seconds.get(stage["kind"], 0) + stage.get("computeSeconds", 0)
    return seconds


def floor(options, home, at_once):
    """The same model, pictures and epochs, as options of the passes alone; so many trainings and tests share the
    threads. The base has been tested by the platform's first study."""
    config = json.loads((home / "checkpoints" / "base" / "config.json").read_text())
    vision = config["vision_config"]
    count = {name: len(list((home / "data" / name).glob("*/*"))) for name in ["train", *SUITES]}
    words = {
        "image": vision["image_size"], "patch": vision["patch_size"], "width": vision["hidden_size"],
        "depth": vision["num_hidden_layers"], "heads": vision["num_attention_heads"],
        "projection": config["projection_dim"], "threads": options.threads // at_once, "at-once": at_once, "epochs": options.epochs,
        "batch": options.batch, "learnt": count["train"],
    }
    target = HERE / "target"
    java = f"java -XX:+UseSerialGC -Xms16m -Xmx256m -cp {target}/classes:{(target / 'class-path').read_text().strip()}"
    given = [f"--{name} {value}" for name, value in words.items()] + [f"--tested {count[name]}" for name in SUITES]
    given.append("--base-known")
    return f"{java} dev.kedge.bench.StudyFloor {' '.join(given)}"


def script(options, home):
    return (
        f"{sys.executable} {HERE}/yardsticks/study.py --base {home}/checkpoints/base --data {home}/data "
        f"--epochs {options.epochs} --batch {options.batch} --threads {options.threads}"
    )


def in_turn(kedge, others, pairs):
    """Rounds of all sides, whose order turns, so that a machine whose speed drifts treats them alike."""
    sides = {"kedge": kedge, **others}
    rounds = []
    for i in range(pairs):
        order = list(sides) if i % 2 == 0 else list(reversed(sides))
        rounds.append({name: sides[name].go() for name in order})
        print(json.dumps(rounds[-1]), flush=True)
    return rounds


def table(first, rounds):
    """The rows of the study's table, each with its target where it has one."""

    def of(side, number):
        return [each[side][number] for each in rounds]

    rows = []
    for floor, what in FLOORS.items():
        if floor in rounds[0]:
            rows.append(compared(f"passes alone, {what}: seconds", of("kedge", "seconds"), of(floor, "seconds"), 1.15))
            rows.append(compared("the same, CPU seconds", of("kedge", "cpu_seconds"), of(floor, "cpu_seconds")))
            rows.append(compared("the platform's first study, seconds", [first["seconds"]], [statistics.median(of(floor, "seconds"))]))
    if "script" in rounds[0]:
        for number in ("seconds", "cpu_seconds", "rss_mb"):
            rows.append(compared(f"script, {number}", of("kedge", number), of("script", number)))
        # Later studies find pictures of the first one in the cache.
        left = of("script", "disk_without_epochs_mb")[:1]
        rows.append(compared("the platform's first study, disk_mb", [first["disk_mb"]], of("script", "disk_mb")[:1], 0.1))
        rows.append(compared("against the script's disk without what an epoch leaves, MB", [first["disk_mb"]], left))
        rows.append(compared("the same, of Kedge without the cache, which is bounded", [first["store_mb"]], left))
    return rows


def trained(rounds, home):
    """What both sides' trainings came to, each with its own draws: mean percentages over the rounds."""
    count = {name: len(list((home / "data" / name).glob("*/*"))) for name in SUITES}
    print("| trained, mean of the rounds | photo: Kedge | script | others: Kedge | script |\n| --- | --- | --- | --- | --- |")
    for method in METHODS:
        cells = []
        for suites in (["photo"], [name for name in SUITES if name != "photo"]):
            for side in ("kedge", "script"):
                shares = [each[side]["right"][method]["1"][name] / count[name] for each in rounds for name in suites]
                cells.append(f"{100 * statistics.mean(shares):.1f}")
        print(f"| {method} | {' | '.join(cells)} |")


def same_numbers(kedge, options, home):
    """Whether the script counts the same right answers of Kedge's own checkpoints, at every α and in every suite."""
    command = f"{script(options, home)} --tuned {home}/checkpoints"
    theirs = json.loads(subprocess.run(shlex.split(command), check=True, stdout=subprocess.PIPE, text=True).stdout)
    away = [
        abs(kedge["right"][method][alpha][suite] - answers)
        for method, line in theirs.items() for alpha, suites in line.items() for suite, answers in suites.items()
    ]
    print(f"{len(away)} accuracies of Kedge's checkpoints counted again: {sum(each > 0 for each in away)} differ, "
          f"by {max(away)} answers at most")
    return max(away) <= 1


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path, help="{pretrain,train,test}/{photo,…}.tar")
    parser.add_argument("--pairs", type=int, default=3, help="rounds")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--learnt", type=int, help="pictures to learn from; all by default")
    parser.add_argument("--pictures", type=int, help="of each suite; all by default")
    parser.add_argument("--base-epochs", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2, help="of each side")
    parser.add_argument("--slots", type=int, default=2, help="stages of Kedge's at once, which share the threads")
    parser.add_argument("--against", default="floor,shared floor,script")
    o = parser.parse_args()
    os.environ.pop("KEDGE_SERVER", None)
    # All trainings come to wait before the first evaluation does, so that no slot is left idle while the last one is tested.
    os.environ.update(KEDGE_WORKER_SLOTS=str(len(METHODS)), KEDGE_STAGE_SLOTS=str(o.slots))
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        unpack(o.folder / "train" / "photo.tar", home / "data" / "train", o.learnt)
        for style, name in zip(STYLES, SUITES):
            unpack(o.folder / "test" / f"{style}.tar", home / "data" / name, o.pictures)
        programs = {
            "floor": lambda: floor(o, home, 1),
            "shared floor": lambda: floor(o, home, o.threads),
            "script": lambda: f"{script(o, home)} --into {home}/script",
        }
        with Kedge(o, home) as kedge:
            first = kedge.go()
            print(json.dumps({"first": first}), flush=True)
            others = {name: Program(programs[name]()) for name in o.against.split(",")}
            rounds = in_turn(kedge, others, o.pairs)
        for program in others.values():
            program.quit()
        about = {name: program.about for name, program in others.items()}
        print(f"{json.dumps(about)}\n{len(rounds)} rounds in turn")
        rows = table(first, rounds)
        print(table_of(rows))
        record("The whole study against its passes and a script", rows, **about)
        if "script" in others:
            trained(rounds, home)
        return 0 if same_numbers(first, o, home) else 1


if __name__ == "__main__":
    sys.exit(main())
