"""A town's box is opened by a process of its own: no page waits for it, and no web worker grows.

The unlocked keys go to it through a pipe and are never on a disk, in the queue, among the words
of a command or in the environment. When it ends, they are gone; if it dies, nothing has
happened, and the officers type their passphrases again.
"""

import json
import resource
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from budgeting.ballotbox.officer_keys import PrivateKey
from budgeting.services import opened_boxes

ROOT = Path(__file__).parents[2]
OPEN = "from app import app; from budgeting.services import opening_apart as o; o.take_over(app)"


def start(order_id: int, turn: str, keys: Mapping[int, PrivateKey]) -> "subprocess.Popen[bytes]":
    """Begin to open the order's boxes; whoever asked need not stay for it."""
    process = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", OPEN],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    raw = {number: key.handed_over().hex() for number, key in keys.items()}
    assert process.stdin
    process.stdin.write(json.dumps({"order": order_id, "turn": turn, "keys": raw}).encode())
    process.stdin.close()
    threading.Thread(target=process.wait, daemon=True).start()
    return process


def take_over(app: Flask) -> None:
    """Open the boxes with the keys that come through the pipe; nothing of them is ever dumped."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    said = json.loads(sys.stdin.buffer.read())
    keys = {
        int(number): PrivateKey.taken_over(bytes.fromhex(raw))
        for number, raw in said["keys"].items()
    }
    with app.app_context():
        opened_boxes.open_all(said["order"], said["turn"], keys)
