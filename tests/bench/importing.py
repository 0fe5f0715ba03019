"""How long `etape import` takes for the awards of the Fonds vert of 2023, and in how much memory.

The file is made of a sample's lines, each under numbers of its own: as many lines, as hard to read.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.served import ENVIRONMENT

AWARDS = 10_782
SAMPLE = Path(__file__).parents[1] / "exchange" / "samples" / "fonds-vert.csv"
NUMBER = 8  # the column that names the dossier


@dataclass(frozen=True)
class Importing:
    """One import into a database without awards, then the same again."""

    seconds: float
    again: float
    peak_memory: float
    unchanged: int


def measure_importing(url: str, folder: Path) -> Importing:
    """Import, twice, each in a process of its own."""
    file = folder / "awards.csv"
    file.write_text(_awards(), encoding="utf-8")
    seconds, peak, _ = _run(url, file)
    again, other_peak, said = _run(url, file)
    unchanged = int(said.partition("inchangées : ")[2].partition(" ")[0])
    return Importing(seconds, again, max(peak, other_peak), unchanged)


def _awards() -> str:
    header, *lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    written = [header]
    for number in range(AWARDS):
        cells = lines[number % len(lines)].split(";")
        written.append(";".join([*cells[:NUMBER], str(number), *cells[NUMBER + 1 :]]))
    return "\n".join(written) + "\n"


def _run(url: str, file: Path) -> tuple[float, float, str]:
    """Return the seconds, the peak of resident memory in MB, and what the command said."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "etape", "import", "fonds-vert", str(file)],
        env={**os.environ, **ENVIRONMENT, "ETAPE_DATABASE_URL": url},
        stderr=subprocess.PIPE,
        text=True,
    )
    said = process.stderr.read() if process.stderr else ""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(said)
    return seconds, usage.ru_maxrss / 1024, said
