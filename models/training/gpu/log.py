"""The run's log: a line of JSON for every report, printed too, and the figure made of all lines."""

import json
import time
from pathlib import Path

from .figure import drawn_figure


class Log:
    def __init__(self, folder: Path, resumed: bool):
        self._folder = folder
        self._path = folder / "log.jsonl"
        if not resumed:
            self._path.write_text("")
        self._lines = (
            [json.loads(line) for line in self._path.read_text().splitlines()]
            if resumed and self._path.exists()
            else []
        )

    def add(self, network: str, seconds: float, facts: dict):
        line = {"time": time.strftime("%H:%M:%S"), "network": network, "seconds": round(seconds, 1), **facts}
        self._lines.append(line)
        text = json.dumps(line)
        print(text, flush=True)
        with open(self._path, "a") as out:
            out.write(text + "\n")
        if "score" in facts:
            (self._folder / "figure.svg").write_text(drawn_figure(self._lines))

    def summary(self) -> str:
        """For every network its score before and after, and how many samples it saw."""
        rows = []
        for network in dict.fromkeys(line["network"] for line in self._lines):
            mine = [line for line in self._lines if line["network"] == network]
            scores = [line["score"] for line in mine if "score" in line]
            samples = max((line["samples"] for line in mine if "samples" in line), default=0)
            rows.append(f"{network}: held out {scores[0]:.4f} before, {scores[-1]:.4f} after {samples} samples")
        return "\n".join(rows)
