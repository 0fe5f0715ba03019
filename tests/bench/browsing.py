"""The pages in a browser, as Lighthouse scores them."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.figures import Figure
from tests.bench.served import Server

ROUNDS = 3
PAGES = ("/", "/appels", "/appels/entrepots-donnees-sante", "/etapes/lille-2022")
PRESETS = {"phone": [], "laptop": ["--preset=desktop"]}
SCORES = ("performance", "accessibility", "best-practices", "seo")
LIGHTHOUSE = Path(__file__).parent / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
VERSION = json.loads((LIGHTHOUSE.parents[2] / "package.json").read_text())["devDependencies"][
    "lighthouse"
]
QUIET = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)


@dataclass
class Browsed:
    """What Lighthouse says of a page on a device: its scores of 100, and what they come from."""

    path: str
    device: str
    scores: dict[str, Figure] = field(default_factory=lambda: {name: Figure() for name in SCORES})
    first_paint: Figure = field(default_factory=lambda: Figure(digits=1))
    largest_paint: Figure = field(default_factory=lambda: Figure(digits=1))
    blocked: Figure = field(default_factory=Figure)
    shift: Figure = field(default_factory=lambda: Figure(digits=2))


def measure_browsing(server: Server, folder: Path) -> list[Browsed]:
    """Have each page scored on each device, in rounds that alternate."""
    pages = [Browsed(path, device) for path in PAGES for device in PRESETS]
    for _ in range(ROUNDS):
        for page in pages:
            told = _scored(f"http://localhost:{server.port}{page.path}", page.device, folder)
            for name, score in page.scores.items():
                score.add(round(100 * told["categories"][name]["score"]))
            audits = told["audits"]
            page.first_paint.add(audits["first-contentful-paint"]["numericValue"] / 1000)
            page.largest_paint.add(audits["largest-contentful-paint"]["numericValue"] / 1000)
            page.blocked.add(audits["total-blocking-time"]["numericValue"])
            page.shift.add(audits["cumulative-layout-shift"]["numericValue"])
    return pages


def _scored(address: str, device: str, folder: Path) -> dict[str, Any]:
    report = folder / "lighthouse.json"
    subprocess.run(
        [
            str(LIGHTHOUSE),
            address,
            *PRESETS[device],
            "--quiet",
            "--output=json",
            f"--output-path={report}",
            f"--chrome-flags={QUIET}",
        ],
        env={**os.environ, "CHROME_PATH": CHROMIUM},
        check=True,
        timeout=180,
    )
    told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return told
