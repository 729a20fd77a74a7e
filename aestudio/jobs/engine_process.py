"""The engine process itself: its connection to the window, and its end when that one ends."""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import signal
import sys
import threading
from multiprocessing.connection import Client, Connection
from typing import NoReturn

from aestudio import settings
from aestudio.jobs import events, reports, wire
from aestudio.jobs.client import ADDRESS_VARIABLE, GOODBYE, GPU_LOST, KEY_VARIABLE
from aestudio.jobs.worker import Worker

log = logging.getLogger(__name__)


def main() -> NoReturn:
    """Run the engine process until its connection ends, or a GPU has failed."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    _die_with_parent()
    unwatch = reports.watch("engine")
    connection = Client(_address(), authkey=bytes.fromhex(os.environ.pop(KEY_VARIABLE)))
    lock = threading.Lock()

    def send(event: events.Event) -> None:
        data = wire.encode(event)
        # nobody listens any more once the window is gone; the reader hears that and ends the process
        with lock, contextlib.suppress(OSError):
            connection.send_bytes(data)

    chosen = settings.load()

    def end(code: int) -> NoReturn:
        # daemon threads may still be in the middle of a long convolution: the process does not wait for them
        unwatch()
        sys.stderr.flush()
        os._exit(code)

    worker = Worker(send, chosen.device, chosen.memory_limit, lambda: end(GPU_LOST))
    worker.start()
    _listen(connection, worker)
    end(0)


def _address() -> str:
    return os.environ.pop(ADDRESS_VARIABLE)


def _listen(connection: Connection, worker: Worker) -> None:
    try:
        while (data := connection.recv_bytes()) != GOODBYE:
            worker.take(wire.decode(data))
    except (EOFError, OSError):
        log.info("the window is gone")
    worker.stop()


def _die_with_parent() -> None:
    """Ask the kernel to end this process with its parent, and give the window precedence."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGKILL)
    if hasattr(os, "nice"):
        os.nice(5)
