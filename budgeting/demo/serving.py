"""Serves the demo on this machine: the web workers, and one worker for jobs beside them."""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping

from budgeting.config import ROOT

HOST = "127.0.0.1"
WORKERS = 2
PORTS_TO_TRY = 50


def free_port(wanted: int) -> int:
    """Return the wanted port, or the next one that nobody listens on."""
    for port in range(wanted, wanted + PORTS_TO_TRY):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise OSError(f"No free port from {wanted} to {wanted + PORTS_TO_TRY - 1}.")


def serve(port: int, settings: Mapping[str, object]) -> int:
    """Run until stopped by Ctrl-C; returns the web server's exit code."""
    environment = os.environ | {name: _as_text(value) for name, value in settings.items()}
    jobs = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", "jobs", "run"], cwd=ROOT, env=environment
    )
    try:
        web = subprocess.run(_gunicorn(port), cwd=ROOT, env=environment, check=False)  # noqa: S603 - our own words
        return web.returncode
    except KeyboardInterrupt:
        return 0
    finally:
        jobs.terminate()
        jobs.wait()


def _gunicorn(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "app:app"),
        *("--bind", f"{HOST}:{port}", "--workers", str(WORKERS), "--threads", "4"),
        *("--log-level", "warning", "--no-control-socket"),
    ]


def _as_text(value: object) -> str:
    return {True: "1", False: "0"}[value] if isinstance(value, bool) else str(value)
