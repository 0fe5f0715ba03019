"""The server as one runs it: `etape serve`, a process of its own, on loopback."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.bench.canned import SIZE

PATIENCE_SECONDS = 900
SECRET = "a secret that only the benchmark knows"
PRODUCT, CANNED = "tests.bench.product", "tests.bench.canned"
ENVIRONMENT = {
    "ETAPE_ENVIRONMENT": "demo",  # production refuses a database that holds the demo
    "ETAPE_SECRET": SECRET,
    "ETAPE_LIMITS_SCALE": "1000000",
    "ETAPE_SMTP_HOST": "localhost",
}


@dataclass
class Server:
    """A server that answers, `started_in` so many seconds."""

    pid: int
    port: int
    log: Path
    started_in: float

    @property
    def memory(self) -> float:
        """Resident memory now, in MB."""
        return self._status("VmRSS") / 1024

    @property
    def peak_memory(self) -> float:
        """The most resident memory it had, in MB."""
        return self._status("VmHWM") / 1024

    @property
    def worked(self) -> float:
        """Seconds of processor time that the process used."""
        fields = (
            Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        )
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def times_served(self) -> list[float]:
        """Return the milliseconds of every request so far, in order, as its log tells them."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        told = (json.loads(line) for line in lines if line.startswith("{"))  # some are for people
        return [line["milliseconds"] for line in told if line["event"] == "served"]

    def _status(self, name: str) -> int:
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


@contextmanager
def serving(module: str, url: str, folder: Path, *, size: int = 0) -> Iterator[Server]:
    """Run a server without a worker inside, on a free port, until the block ends."""
    port = _free_port()
    log = folder / f"{module}-{port}.log"
    began = time.perf_counter()
    with log.open("wb") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", module, "serve", "--no-worker", "--port", str(port)],
            env={
                **os.environ,
                **ENVIRONMENT,
                "ETAPE_PUBLIC_URL": f"http://localhost:{port}",
                "ETAPE_DATABASE_URL": url,
                SIZE: str(size),
            },
            stderr=stderr,
        )
        try:
            _wait_until_ready(process, port, log)
            yield Server(process.pid, port, log, time.perf_counter() - began)
        finally:
            process.terminate()
            process.wait(30)


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    limit = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < limit and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/health/ready"):
                return
        except (URLError, ConnectionError):
            time.sleep(0.05)
    raise RuntimeError(f"the server did not start: {log.read_text(encoding='utf-8')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
