"""The written list of binding and agreement probes (`probes.tsv`): banned from training, counted by the evaluation."""

import csv
from dataclasses import dataclass
from pathlib import Path

PROBES_FILE = Path(__file__).with_name("probes.tsv")


@dataclass(frozen=True)
class Probe:
    kind: str
    english: str
    accepted: tuple


def read_probes():
    with PROBES_FILE.open(encoding="utf8") as lines:
        rows = list(csv.reader(lines, delimiter="\t"))[1:]
    return [Probe(kind, english, tuple(french.split(" | "))) for kind, english, french in rows]
