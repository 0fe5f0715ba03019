"""Start the cluster of a folder, print its first process and its URL, keep it until stdin ends.

Arguments: the folder, then a user and the folder of the binaries to give root's rights up.
"""

import os
import pwd
import sys
from pathlib import Path

from etape.core.postgres import PostgresServer

directory, *ordinary = sys.argv[1:]
binaries = None
if ordinary:
    account = pwd.getpwnam(ordinary[0])
    os.setgroups([])
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)
    binaries = Path(ordinary[1])
with PostgresServer(Path(directory), binaries=binaries) as server:
    first = (server.data / "postmaster.pid").read_text().split()[0]
    print(first, server.url(), flush=True)  # noqa: T201 - said to the test that waits for it
    sys.stdin.read()
