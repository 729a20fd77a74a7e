"""One window for a person: a second start hands its files to the first, which comes to the front."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from aestudio import paths

log = logging.getLogger(__name__)

PATIENCE_MS = 2000
"""How long the second start waits for the first one's answer before it opens a window of its own."""
_TAKEN = b"taken\n"
_LIMIT = 4 * 2**20
_TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")


def address() -> str:
    """Return where the window of this person and this data folder listens: a socket's path, or a pipe's name."""
    person = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    name = f"aestudio-{hashlib.sha256(f'{person} {paths.home()}'.encode(errors='surrogateescape')).hexdigest()[:16]}"
    return name if os.name == "nt" else str(Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / name)


def hand_over(files: list[Path]) -> bool:
    """Give the files to a window that is open already; return whether there is one and it took them."""
    socket = QLocalSocket()
    socket.connectToServer(address())
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    tokens = {name: os.environ[name] for name in _TOKENS if name in os.environ}
    message = {"files": [os.fsencode(file.absolute()).hex() for file in files], "tokens": tokens}
    socket.write(json.dumps(message).encode() + b"\n")
    while socket.bytesAvailable() < len(_TAKEN):
        if not socket.waitForReadyRead(PATIENCE_MS):
            return False
    return socket.readAll().data() == _TAKEN


class Receiver(QObject):
    """Listens for later starts. ``received`` brings their files, an empty list where they had none."""

    received = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def listen(self) -> bool:
        """Begin listening; return whether that works. What a window that crashed left behind is removed."""
        # two windows that start at once must not remove each other's socket
        lock = QLockFile(f"{address()}.lock") if os.name != "nt" else None
        if lock is not None and not lock.tryLock(PATIENCE_MS):
            return False
        try:
            # Qt itself would take the place of a server that listens
            probe = QLocalSocket()
            probe.connectToServer(address())
            if probe.waitForConnected(PATIENCE_MS):
                return False
            QLocalServer.removeServer(address())
            return self._server.listen(address())
        finally:
            if lock is not None:
                lock.unlock()

    def close(self) -> None:
        """Stop listening; a start that has not been answered yet opens a window of its own."""
        self._server.close()
        for socket in self._server.findChildren(QLocalSocket):
            socket.abort()

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > _LIMIT:
            socket.abort()
            return
        if not socket.canReadLine():
            return
        try:
            message = json.loads(bytes(socket.readLine().data()))
            files = [Path(os.fsdecode(bytes.fromhex(name))) for name in message["files"]]
            tokens = {name: str(message["tokens"][name]) for name in _TOKENS if name in message["tokens"]}
        except (ValueError, KeyError, TypeError):
            log.warning("Another start sent something that is no list of files.")
            socket.abort()
            return
        socket.write(_TAKEN)
        socket.flush()
        # Wayland lets a window come to the front only with the token that the second start was given
        os.environ.update(tokens)
        self.received.emit(files)
        for name in tokens:
            os.environ.pop(name, None)
