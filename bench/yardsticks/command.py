#!/usr/bin/env python3
"""Times a whole command, from its start to its end, for each "go" of bench/pairs.py.

  command.py --fresh FOLDER -- COMMAND ...

FOLDER, which the command makes, is removed before each run; that is not timed. `cpu_seconds` is what
the command computed, in its own code and in the kernel.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time


def run(options):
    shutil.rmtree(options.fresh, ignore_errors=True)
    start = time.perf_counter()
    process = subprocess.Popen(options.command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"status {status} of {options.command}")
    return {
        "seconds": time.perf_counter() - start,
        "cpu_seconds": used.ru_utime + used.ru_stime,
        "rss_mb": used.ru_maxrss / 1024,
    }


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--fresh", required=True)
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    run(options)
    print(json.dumps({"ready": True, "command": options.command[0]}), flush=True)
    for command in sys.stdin:
        if command.strip() != "go":
            break
        print(json.dumps(run(options)), flush=True)


if __name__ == "__main__":
    main()
