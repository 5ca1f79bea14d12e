#!/usr/bin/env python3
"""Parts PACS: of each class of each style three fifths to pretrain, a fifth to train and a fifth to test.

The rule, by which the numbers of docs/results were made: the names of a class, sorted, are shuffled by Python's
random.Random("STYLE/CLASS"), for example "art_painting/dog"; the first ⌊0.6·n⌋ of n are for pretrain, those up to
⌊0.8·n⌋ for train, the others for test.

  examples/pacs-parts.py KFOLD OUT    KFOLD holds {photo,art_painting,cartoon,sketch}/CLASS/PICTURE, as PACS is published;
                                      OUT gets {pretrain,train,test}/STYLE.tar
"""
import random
import sys
import tarfile
from pathlib import Path

STYLES = ["photo", "art_painting", "cartoon", "sketch"]


def parts(style, folder):
    """The three parts of a class: pretrain, train, test."""
    names = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    random.Random(f"{style}/{folder.name}").shuffle(names)
    first, second = int(0.6 * len(names)), int(0.8 * len(names))
    return {"pretrain": names[:first], "train": names[first:second], "test": names[second:]}


def plain(member):
    """As anybody's on any day, so that the same pictures are the same file."""
    member.uid = member.gid = member.mtime = 0
    member.uname = member.gname = ""
    member.mode = 0o644
    return member


def main(source, out):
    for style in STYLES:
        classes = sorted(path for path in (source / style).iterdir() if path.is_dir())
        split = {folder: parts(style, folder) for folder in classes}
        for part in ["pretrain", "train", "test"]:
            target = out / part / f"{style}.tar"
            target.parent.mkdir(parents=True, exist_ok=True)
            with tarfile.open(target, "w", format=tarfile.USTAR_FORMAT) as tar:
                for folder in classes:
                    for name in sorted(split[folder][part]):
                        tar.add(folder / name, f"{folder.name}/{name}", filter=plain)
            print(f"{target}: {sum(len(split[folder][part]) for folder in classes)} pictures")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
