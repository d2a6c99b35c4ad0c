"""Serving the site: one process, to this machine unless told otherwise."""

import ipaddress
import socket
import sys
from collections.abc import Sequence
from errno import EADDRINUSE
from pathlib import Path

import uvicorn

from copytaster.site.app import app

PORT = 8311

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")

SWITCH_SECONDS = 0.0005
"""How long a thread may hold the interpreter while another waits. Python's own 5 ms would have each
page wait so long for each search that runs beside it."""


class PortError(OSError):
    """The address cannot be listened on; the message says why."""


def listen(host: str, port: int | None) -> socket.socket:
    """Open the socket; without a wish for a port, 8311 or else a free one. Raises PortError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    wishes = [PORT, 0] if port is None else [port]
    for wish in wishes:
        # asyncio turns Nagle's delay off only for sockets that say they are TCP.
        server = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind((host, wish))
            server.listen(128)
        except OSError as error:
            server.close()
            if error.errno != EADDRINUSE or wish == wishes[-1]:
                raise PortError(
                    error.errno, f"cannot listen there ({error.strerror})", f"{host}:{wish}"
                ) from None
        else:
            return server
    raise AssertionError("unreachable")


def serve(
    desk: Path,
    *,
    host: str,
    port: int | None,
    names: Sequence[str],
    count_reads: bool,
    rules: bool | None = None,
) -> None:
    """Serve `desk` until Ctrl-C. Prints the address first. Raises PortError.

    To this machine alone, only requests for this machine are answered, and for `names`: else any
    page open in the browser could read the desk by pointing its own name here (DNS rebinding).
    Stories can be corrected on the site where `rules` says so, or else where it is to this machine.
    """
    server = listen(host, port)
    address = f"[{host}]" if ":" in host else host
    print(
        f"Reading desk at http://{address}:{server.getsockname()[1]}/ (Ctrl-C stops it)", flush=True
    )
    loopback = is_loopback(host)
    if not loopback:
        corrects = ", and correct its stories" if rules else ""
        print(f"Anyone who reaches this address can read the desk{corrects}.", file=sys.stderr)
    sys.setswitchinterval(SWITCH_SECONDS)
    config = uvicorn.Config(
        app(
            desk,
            count_reads=count_reads,
            rules=loopback if rules is None else rules,
            hosts=[*LOOPBACK, *names] if loopback else None,
        ),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    uvicorn.Server(config).run(sockets=[server])


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
