"""The `etape` command as people run it: a real process, and whatever it starts."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from support.server import free_port

ETAPE = (sys.executable, "-m", "etape")
SERVE = (*ETAPE, "serve")
PATIENCE_SECONDS = 90
WAY_OUT_SECONDS = 20
"""What T12 promises between a signal and the end of the process."""


@dataclass
class Place:
    """A folder that a process of Étape is told to keep everything in, and its settings."""

    folder: Path
    settings: dict[str, str]

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def environment(self) -> dict[str, str]:
        ours = {"ETAPE_DATA_DIRECTORY": str(self.data), "ETAPE_LIMITS_SCALE": "1000"}
        ours |= self.settings
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ETAPE_")}
        return kept | ours

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of Étape to its end."""
        return subprocess.run(
            [*ETAPE, *arguments],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )

    def processes(self) -> list[str]:
        """What runs here: whoever was told of the folder, or works in it."""
        return [
            f"{pid.name}: {words.replace(chr(0), ' ')}"
            for pid in Path("/proc").iterdir()
            if pid.name.isdigit() and (words := _words_with(str(self.data), pid))
        ]

    def is_quiet(self) -> bool:
        """Say whether nothing runs here any more, within a few seconds."""
        return happens(lambda: not self.processes(), within=5)


def _words_with(folder: str, pid: Path) -> str:
    """Return the command line of a process that has to do with the folder, else nothing."""
    try:
        words = (pid / "cmdline").read_bytes().decode(errors="replace")
        told = words + (pid / "environ").read_bytes().decode(errors="replace")
        return words if folder in told or str((pid / "cwd").readlink()).startswith(folder) else ""
    except OSError:
        return ""  # it ended meanwhile, or is somebody else's


class Process:
    """One running command, the leader of a process group as under a terminal."""

    def __init__(self, place: Place, *command: str, **settings: str) -> None:
        self.place = place
        self.output = place.folder / "output"
        with self.output.open("w") as output:
            self.popen = subprocess.Popen(
                command,
                env=place.environment() | settings,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                cwd=Path(__file__).parents[2],
            )

    @property
    def said(self) -> str:
        return self.output.read_text()

    def send(self, wanted: signal.Signals) -> None:
        """Send a signal as a terminal does, to the whole group; SIGTERM to the process alone."""
        if wanted is signal.SIGTERM:
            self.popen.terminate()
        else:
            os.killpg(self.popen.pid, wanted)

    def stop(self, wanted: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and return the exit code, which comes in time."""
        self.send(wanted)
        return self.popen.wait(WAY_OUT_SECONDS)

    def cpu_seconds(self) -> float:
        """How long a processor has worked for it: a loaded machine does not change that."""
        fields = Path(f"/proc/{self.popen.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Serving(Process):
    """`etape serve` on a port of its own."""

    def __init__(self, place: Place, *options: str, command: Sequence[str] = SERVE) -> None:
        self.port = free_port()
        super().__init__(place, *command, *options, ETAPE_PORT=str(self.port))

    def get(self, path: str) -> httpx.Response:
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", timeout=5)

    def post(self, path: str, body: object) -> httpx.Response:
        return httpx.post(f"http://127.0.0.1:{self.port}{path}", json=body, timeout=20)

    def is_ready(self) -> bool:
        assert self.popen.poll() is None, self.said
        try:
            return self.get("/health/ready").status_code == 200
        except httpx.TransportError:
            return False


@contextmanager
def running(process: Process) -> Iterator[None]:
    """See to it that a process ends with the block, by whatever means."""
    try:
        yield
    finally:
        if process.popen.poll() is None:
            os.killpg(process.popen.pid, signal.SIGKILL)
            process.popen.wait()


@contextmanager
def serving(place: Place, *options: str, command: Sequence[str] = SERVE) -> Iterator[Serving]:
    """Serve, ready."""
    server = Serving(place, *options, command=command)
    with running(server):
        assert happens(server.is_ready), server.said
        yield server


def happens(what: Callable[[], object], *, within: float = PATIENCE_SECONDS) -> bool:
    """Say whether something becomes true in time."""
    deadline = time.monotonic() + within
    while not what():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
