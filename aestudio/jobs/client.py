"""The window's side of the engine: an interface, and the real process behind it."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import os
import queue
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import IO, Protocol

from aestudio import paths
from aestudio.jobs import reports, wire
from aestudio.jobs.events import ANSWERS, ENDINGS, CancelledEvent, EngineReady, Event, Failed, PicturesReady
from aestudio.jobs.lane import BESIDE
from aestudio.jobs.spec import Cancel, Configure, Export, Forget, Job, Look, Message, Restore, Save
from aestudio.jobs.walks import ExportWalk
from aestudio.whole_file import partial_prefix

log = logging.getLogger(__name__)

ADDRESS_VARIABLE = "AESTUDIO_ENGINE_ADDRESS"
KEY_VARIABLE = "AESTUDIO_ENGINE_KEY"
PATIENCE = 2.0
LONG_PATIENCE = 30.0
"""Seconds for what is done beside other jobs and cannot be stopped in its middle, as a slow file that is decoded:
nobody waits for it any more, and ending the engine would cost what it computes."""
GOODBYE = b""
ENGINE_LOG = "engine.log"
GPU_LOST = 75
"""The exit code of an engine that has said that a GPU failed, and ends so that another one can use it."""
_KILLED = -9
_TOO_LARGE = "Try again; a smaller picture needs less memory."
_TOO_ODD = "Try again; where it stops at the same file again, save that file anew by another program."
LAST_WORDS = 4000
"""Bytes of a dead engine's log that go into its report."""


class EngineClient(Protocol):
    """What runs jobs. All methods but ``receive`` return at once and may be called from any thread."""

    def start(self) -> None:
        """Begin starting the engine, so that it is warm when the first job comes."""
        ...

    def submit(self, message: Message) -> None:
        """Queue a job or a request. Its events follow by ``receive``; it never raises for a dead engine:
        that arrives as a Failed event of kind ``engine``, and the next job starts a new engine.
        """
        ...

    def receive(self, timeout: float) -> Event | None:
        """Return the next event, or None after ``timeout`` seconds. For one thread only."""
        ...

    def close(self) -> None:
        """Stop the engine: ask, wait two seconds, kill. Safe to call twice."""
        ...


def engine_command() -> list[str]:
    """Return the command that starts an engine process: this program itself with ``--engine``."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--engine"]
    return [sys.executable, "-m", "aestudio", "--engine"]


class ProcessClient:
    """Drives one engine process over an authenticated local connection.

    Dies with its window, is started again by the next job after a death, and is killed
    when a cancelled job has not ended after two seconds (what is done beside others: thirty); jobs of others are then
    asked for again.
    """

    def __init__(self, command: Callable[[], list[str]] = engine_command) -> None:
        self._command = command
        self._events: queue.Queue[Event] = queue.Queue()
        self._lock = threading.Lock()
        self._open: dict[str, Job] = {}
        self._deadlines: dict[str, float] = {}
        self._engine: _Engine | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """Return the engine's process id, or None while there is none."""
        engine = self._engine
        return engine.process.pid if engine else None

    def start(self) -> None:
        with self._lock:
            if not self._closed:
                self._living()

    def submit(self, message: Message) -> None:
        with self._lock:
            if self._closed:
                return
            if isinstance(message, Cancel):
                if message.id in self._open and self._engine:
                    beside = isinstance(self._open[message.id], BESIDE)
                    self._deadlines[message.id] = time.monotonic() + (LONG_PATIENCE if beside else PATIENCE)
                    self._engine.send(message)
                    if beside:
                        del self._open[message.id]
                        self._events.put(CancelledEvent(message.id))
                elif self._open.pop(message.id, None):
                    # its engine was killed, and the next one need not hear of it
                    self._events.put(CancelledEvent(message.id))
                return
            job = self._open.get(message.id)
            if isinstance(message, Look) and isinstance(job, Restore):
                # an engine that takes this one's place is told where the person looks now
                self._open[message.id] = dataclasses.replace(job, view=message.view)
            if isinstance(message, (Configure, Forget, Look)):
                if self._engine:
                    self._engine.send(message)
                return
            engine = self._living()
            self._open[message.id] = message
            if engine is None:
                self._bury(None)
            else:
                engine.send(message)

    def receive(self, timeout: float) -> Event | None:
        self._enforce_deadlines()
        try:
            return self._events.get(timeout=timeout)
        except queue.Empty:
            return None

    def close(self) -> None:
        with self._lock:
            self._closed = True
            engine, self._engine = self._engine, None
            abandoned, self._open = list(self._open.values()), {}
        if engine:
            engine.stop()
            _sweep(engine.process.pid, abandoned)

    def _living(self) -> _Engine | None:
        """Return a living engine, or None where none can be started; one that died unnoticed is buried first.

        The lock is held.
        """
        if self._engine is not None and self._engine.process.poll() is not None:
            self._bury(self._engine.process.poll())
        if self._engine is None:
            try:
                self._engine = _Engine(self._command(), self._heard, self._died)
            except OSError:
                log.exception("the engine could not be started")
        return self._engine

    def _heard(self, engine: _Engine, event: Event) -> None:
        with self._lock:
            if engine is not self._engine:
                return
            if isinstance(event, EngineReady):
                # what was cancelled while the engine started gets its two seconds from now
                earliest = time.monotonic() + PATIENCE
                self._deadlines = {job: max(deadline, earliest) for job, deadline in self._deadlines.items()}
            job = self._open.get(event.id)
            is_over = job is None and event.id in self._deadlines
            ended = isinstance(event, (*ENDINGS, *ANSWERS)) or (
                isinstance(event, PicturesReady) and not getattr(job, "target", "")
            )
            if ended:
                self._open.pop(event.id, None)
                self._deadlines.pop(event.id, None)
        if not is_over:
            self._events.put(event)

    def _died(self, engine: _Engine, code: int | None) -> None:
        with self._lock:
            if engine is self._engine:
                self._bury(code)

    def _bury(self, code: int | None) -> None:
        """Fail every open job: the engine that had them is dead. The lock is held, so that no disk is waited for."""
        engine, self._engine = self._engine, None
        lost, self._open = self._open, {}
        cancelled, self._deadlines = set(self._deadlines), {}
        if engine is None:
            self._fail(lost, code)
        elif code == GPU_LOST:
            moving = (engine, [job for job in lost.values() if job.id not in cancelled])
            for job in cancelled & lost.keys():
                self._events.put(CancelledEvent(job))
            threading.Thread(target=self._move_on, args=moving, name="engine-successor", daemon=True).start()
        else:
            burial = threading.Thread(target=self._tidy, args=(engine, code, lost), name="engine-burial", daemon=True)
            burial.start()

    def _move_on(self, engine: _Engine, left: list[Job]) -> None:
        """Ask another engine for what one left behind that has failed a job and ended for it."""
        try:
            _sweep(engine.process.pid, left)
        finally:
            for job in left:
                self.submit(job)

    def _tidy(self, engine: _Engine, code: int | None, lost: dict[str, Job]) -> None:
        """Remove what a dead engine left behind, then tell of its jobs."""
        try:
            _sweep(engine.process.pid, list(lost.values()))
            self._report(engine, code, list(lost.values()))
        finally:
            self._fail(lost, code)

    def _fail(self, lost: dict[str, Job], code: int | None) -> None:
        details = f"The engine process ended with code {code}; its log is in {paths.logs_folder()}."
        if not lost:
            self._events.put(Failed("", "engine", "The engine stopped.", "The next job starts it again.", details))
        for job in lost:
            what = "The engine stopped in the middle of this job."
            self._events.put(Failed(job, "engine", what, _TOO_LARGE if code == _KILLED else _TOO_ODD, details))

    @staticmethod
    def _report(engine: _Engine, code: int | None, lost: list[Job]) -> None:
        """Keep a report of an engine's death: its exit code, its jobs, where it was and its last words."""
        jobs = ", ".join(type(job).__name__ for job in lost) or "none"
        stack = reports.stack_of("engine", engine.process.pid)
        reports.write(f"The engine ended with code {code}.", f"Jobs: {jobs}\n\n{stack}\n\n{engine.last_words()}")

    def _enforce_deadlines(self) -> None:
        """Kill an engine that goes on with a cancelled job, and ask its successor for the other jobs."""
        now = time.monotonic()
        with self._lock:
            engine = self._engine
            if engine is None or not engine.ready or not any(deadline < now for deadline in self._deadlines.values()):
                return
            self._engine = None
            lost = list(self._open.values())
            # those that still have time were cancelled too
            for job in self._deadlines:
                if self._open.pop(job, None):
                    self._events.put(CancelledEvent(job))
            self._deadlines.clear()
            survivors = list(self._open)
        # a process that a driver holds dies late: nobody waits for it with the lock
        engine.kill()
        _sweep(engine.process.pid, lost)
        with self._lock:
            # a job that came meanwhile may have started the successor, which has not heard of these
            for job in [job for job in survivors if self._deadlines.pop(job, None)]:
                self._open.pop(job, None)
                self._events.put(CancelledEvent(job))
            asked = [self._open[job] for job in survivors if job in self._open]
            if not asked:
                return
            successor = self._living()
            if successor is None:
                self._bury(None)
                return
            for survivor in asked:
                successor.send(survivor)


class _Engine:
    """One life of the engine process: its connection, and the threads that read and write it."""

    def __init__(
        self,
        command: list[str],
        heard: Callable[[_Engine, Event], None],
        died: Callable[[_Engine, int | None], None],
    ) -> None:
        self._heard, self._died = heard, died
        self._outbox: queue.Queue[Message | None] = queue.Queue()
        self.ready = False
        key = secrets.token_bytes(32)
        self._key = key
        self._listener = Listener(authkey=key)
        environment = {
            **os.environ,
            ADDRESS_VARIABLE: str(self._listener.address),
            KEY_VARIABLE: key.hex(),
        }
        log_file = _open_log()
        self._log_start = log_file.tell() if log_file else 0
        try:
            self.process = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log_file or subprocess.DEVNULL,
                stderr=subprocess.STDOUT if log_file else subprocess.DEVNULL,
            )
        except OSError:
            self._listener.close()
            raise
        finally:
            if log_file:
                log_file.close()
        self._threads = [
            threading.Thread(target=self._serve, name="engine-reader", daemon=True),
            threading.Thread(target=self._watch, name="engine-watcher", daemon=True),
        ]
        self._accepted = threading.Event()
        for thread in self._threads:
            thread.start()

    def send(self, message: Message) -> None:
        self._outbox.put(message)

    def stop(self) -> None:
        """Say goodbye, at which the engine stops; kill it after two seconds."""
        self._outbox.put(None)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
        for thread in self._threads:
            thread.join(PATIENCE)

    def last_words(self) -> str:
        """Return the end of what the engine wrote into its log."""
        try:
            with (paths.logs_folder() / ENGINE_LOG).open("rb") as stream:
                stream.seek(max(self._log_start, stream.seek(0, os.SEEK_END) - LAST_WORDS))
                return stream.read().decode("utf-8", "replace")
        except OSError:
            return ""

    def kill(self) -> None:
        """End the process, and wait for that, but not for ever."""
        self.process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)

    def _watch(self) -> None:
        """Wake the reader where the process ends before it ever connected."""
        self.process.wait()
        if not self._accepted.is_set():
            with contextlib.suppress(OSError, EOFError):
                Client(self._listener.address, authkey=self._key).close()

    def _serve(self) -> None:
        connection: Connection | None = None
        sender: threading.Thread | None = None
        try:
            connection = self._listener.accept()
            self._accepted.set()
            sender = threading.Thread(target=self._send_all, args=(connection,), name="engine-sender", daemon=True)
            sender.start()
            while True:
                event = wire.decode(connection.recv_bytes())
                self._heard(self, event)
                self.ready = self.ready or isinstance(event, EngineReady)
        except (EOFError, OSError, ValueError):
            pass  # the connection ended: what that means is told below
        finally:
            self._listener.close()
            if connection:
                connection.close()
            self._outbox.put(None)
            if sender:
                sender.join(PATIENCE)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                # it hears nobody any more
                self.kill()
            self._died(self, self.process.poll())

    def _send_all(self, connection: Connection) -> None:
        with contextlib.suppress(OSError):
            while (message := self._outbox.get()) is not None:
                connection.send_bytes(wire.encode(message))
            connection.send_bytes(GOODBYE)


def _sweep(pid: int, jobs: list[Job]) -> None:
    """Remove what a dead engine left half-written beside the targets of its jobs."""
    targets = [Path(job.target) for job in jobs if isinstance(job, (Save, Export, ExportWalk))]
    # single files lie in a target that is a folder
    for folder in {place for target in targets for place in (target, target.parent)}:
        for leftover in folder.glob(f"{partial_prefix(pid)}*"):
            with contextlib.suppress(OSError):
                leftover.unlink()


def _open_log() -> IO[bytes] | None:
    folder = paths.logs_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / ENGINE_LOG
        if path.exists() and path.stat().st_size > 1_000_000:
            path.replace(path.with_suffix(".old.log"))
        return path.open("ab")
    except OSError:
        return None
