"""A standalone platform on a folder of its own, and Kedge's command on it."""

import os
import pathlib
import re
import subprocess

KEDGE = str(pathlib.Path(__file__).resolve().parent.parent / "kedge")


class Platform:
    """Up from entering to leaving, or the one that KEDGE_SERVER names; `kedge` runs the command and returns what it printed."""

    process = None

    def __init__(self, state):
        self.state = state

    def __enter__(self):
        if "KEDGE_SERVER" in os.environ:
            self.environment = os.environ
            return self
        self.process = subprocess.Popen(
            [KEDGE, "up", "--data", str(self.state), "--port", "0"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        for line in self.process.stdout:
            if address := re.search(r"(127\.0\.0\.1|localhost):\d+", line):
                self.environment = {**os.environ, "KEDGE_SERVER": address.group(0)}
                return self
        raise SystemExit("the platform ended early")

    def __exit__(self, *_):
        if self.process:
            self.process.terminate()
            self.process.wait(60)

    def kedge(self, *words):
        return subprocess.run(
            [KEDGE, *words], env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout
