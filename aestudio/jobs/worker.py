"""The engine's threads: they take jobs in the order of their urgency, cancel them, and answer what each one made.

Four threads: the process's own takes messages and cancels at once, two decoders make thumbnails and load
pictures, one computes. Interactive jobs (a point on the map) pass in between the tiles of a long one.
"""

from __future__ import annotations

import logging
import os
import threading
import time
import traceback
from collections.abc import Callable
from concurrent import futures
from concurrent.futures import Future
from typing import Any

from aestudio.engine.device import has_lost_gpu
from aestudio.errors import Cancelled, StudioError
from aestudio.imageio.picture import Picture
from aestudio.jobs import damaging, events, latent_files, latents, mapping, scores, spec, vectors, walking, walks
from aestudio.jobs.clock import Clock
from aestudio.jobs.desk import Desk
from aestudio.jobs.embedding import embed_folder
from aestudio.jobs.held import Held
from aestudio.jobs.invented import map_events
from aestudio.jobs.lane import BESIDE, NORMAL, Lane, Task
from aestudio.jobs.originals import Originals
from aestudio.jobs.restoring import Restoring, SetAside
from aestudio.jobs.results import StoredResult
from aestudio.jobs.saving import Saving

log = logging.getLogger(__name__)

GRACE = 1.5
LULL = 0.004
"""Seconds between two looks at what else waits, while a folder's files are being read."""


class Worker:
    """Runs jobs and sends their events through ``send``, which any thread may call.

    ``leave`` is called where a GPU has failed for good in this process, once that is told: it ends the process.
    """

    def __init__(
        self,
        send: Callable[[events.Event], None],
        device: str = "auto",
        memory: int = 0,
        leave: Callable[[], None] = lambda: None,
    ) -> None:
        self._send, self._leave = send, leave
        self._compute, self._decode = Lane(), Lane()
        self._cancelled: set[str] = set()
        self._stopping = False
        self._held = Held(device, memory)
        self._desk = Desk(self._held, send, self._compute, self._run, self._is_cancelled)
        self._originals, self._restoring = Originals(self._desk), Restoring(self._desk)
        saving = Saving(self._desk)
        lanes = (self._compute, "compute"), (self._decode, "decode"), (self._decode, "decode-too")
        self._threads = [
            threading.Thread(target=self._work, args=(lane,), name=name, daemon=True) for lane, name in lanes
        ]
        self._handlers: dict[type[Task], Callable[..., None]] = {
            spec.Thumbnail: self._originals.thumbnail,
            spec.Load: self._originals.load,
            spec.Peek: self._originals.peek,
            spec.Measure: self._originals.measure,
            damaging.Degrade: self._originals.degrade,
            spec.Restore: self._restoring.restore,
            spec.MapInvented: self._map_invented,
            spec.Score: self._score,
            spec.Save: saving.save,
            spec.EstimateSize: saving.estimate,
            spec.Sample: self._sample,
            spec.Decode: self._decode_latents,
            spec.Map: self._map,
            spec.Encode: self._encode,
            spec.Export: self._export,
            mapping.Survey: self._survey,
            mapping.EmbedFolder: self._embed_folder,
            mapping.Arrange: lambda job: self._send(latents.arranged(job)),
            mapping.FindAlike: lambda job: self._send(latents.alike(job, lambda: self._desk.check(job))),
            walks.ExportWalk: self._export_walk,
            walks.EstimateWalk: self._estimate_walk,
            vectors.EncodeFiles: self._encode_files,
            vectors.DecodeFile: self._decode_file,
            spec.Forget: lambda job: self._held.forget(job.path),
            spec.Configure: self._configure,
        }

    def start(self) -> None:
        """Start the threads and say which device was chosen."""
        for thread in self._threads:
            thread.start()
        self._say_device()

    def take(self, message: spec.Message) -> None:
        """Queue a job, cancel one, or forget a picture. Returns at once."""
        match message:
            case spec.Cancel():
                self._cancel(message.id)
                return
            case spec.Look():
                if self._restoring.look(message):
                    self._compute.hurry(message.id)
                return
            case spec.Restore():
                self._restoring.expect(message)
            case spec.Peek():
                self._originals.expect(message)
        lane = self._decode if isinstance(message, BESIDE) else self._compute
        for stale in lane.put(message):
            self._send(events.CancelledEvent(stale.id))

    def stop(self) -> None:
        """Cancel what is being done, so that nothing half-written stays, and wait for that a moment."""
        self._stopping = True
        self._compute.close()
        self._decode.close()
        for thread in self._threads:
            thread.join(GRACE)

    # Lanes.

    def _work(self, lane: Lane) -> None:
        while (job := lane.take()) is not None:
            self._run(job)

    def _run(self, job: Task) -> None:
        """Run one job; whatever it raises becomes its Failed event, and the thread lives on."""
        try:
            self._desk.check(job)
            self._handlers[type(job)](job)
        except SetAside as aside:
            self._set_aside(job, aside)
            return
        except Cancelled:
            self._send(events.CancelledEvent(job.id))
        except StudioError as error:
            details = repr(error.__cause__) if error.__cause__ else ""
            self._send(events.Failed(job.id, error.kind, error.what, error.advice, details))
        except Exception as error:  # the boundary of the process: nothing may end it
            log.exception("job %s failed", job)
            if has_lost_gpu(error):
                what = "The GPU failed in the middle of this job."
                advice = "Try again; if it happens again, choose the processor as the device in Preferences."
                self._send(events.Failed(job.id, "engine", what, advice, traceback.format_exc()))
                self._leave()
                self._end(job.id)
                return
            advice = "Try again; if it happens again, report it with the details."
            what = f"Something unexpected went wrong ({type(error).__name__})."
            self._send(events.Failed(job.id, "error", what, advice, traceback.format_exc()))
        self._end(job.id)

    def _set_aside(self, job: Task, aside: SetAside) -> None:
        self._compute.put(job, aside.priority)
        if job.id in self._cancelled and self._compute.remove(job.id):
            # the cancel came while the job was in no queue
            self._send(events.CancelledEvent(job.id))
            self._end(job.id)
        elif self._restoring.moved(aside, job.id):
            # the person looked elsewhere in between
            self._compute.hurry(job.id)

    def _cancel(self, job_id: str) -> None:
        if self._compute.remove(job_id) or self._decode.remove(job_id):
            self._send(events.CancelledEvent(job_id))
            self._end(job_id)
        else:
            self._cancelled.add(job_id)

    def _end(self, job_id: str) -> None:
        """Let go of what was kept for a job."""
        self._cancelled.discard(job_id)
        self._restoring.end(job_id)

    def _is_cancelled(self, job: Task) -> bool:
        return self._stopping or job.id in self._cancelled

    # The device.

    def _say_device(self) -> None:
        choice = self._held.tools.choice
        self._send(events.EngineReady(choice.label, choice.precision, choice.reason, os.getpid()))

    def _configure(self, job: spec.Configure) -> None:
        self._held.configure(job.device, job.memory)
        self._say_device()

    # How far a result can be trusted.

    def _map_invented(self, job: spec.MapInvented) -> None:
        result = self._held.result(job.path, job.restoration, job.max_pixels)
        with self._desk.in_between(), result.in_use():
            for event in map_events(job, result, lambda: self._pause(job)):
                self._send(event)
        self._send(events.Finished(job.id))

    def _score(self, job: spec.Score) -> None:
        started = time.monotonic()
        reference = self._held.picture(job.reference, job.max_pixels)
        clock: Clock | None = None

        def step(done: int, total: int) -> None:
            nonlocal clock
            clock = clock or Clock(total, started=started)
            self._send(clock.tick(job.id, done))
            self._pause(job)

        def measure(candidate: Picture | StoredResult) -> None:
            self._send(scores.measure(job, candidate, reference, step))

        with self._desk.in_between():
            if job.restoration is None:
                measure(self._held.picture(job.path, job.max_pixels))
            else:
                self._held.with_result(job.path, job.restoration, job.max_pixels, measure)
        self._send(events.Finished(job.id, seconds=time.monotonic() - started))

    def _pause(self, job: Task) -> None:
        """Let what people look at pass. Raises Cancelled."""
        self._desk.check(job)
        self._desk.run_waiting(NORMAL)

    # Generated pictures.

    def _sample(self, job: spec.Sample) -> None:
        self._send(latents.sample(job, self._held.tools.session(job.model)))

    def _decode_latents(self, job: spec.Decode) -> None:
        pictures = latents.decode(job, self._held.tools.session(job.model))
        self._send(events.PicturesReady(job.id, pictures, job.stream))

    def _encode(self, job: spec.Encode) -> None:
        picture = self._held.picture(job.path, job.max_pixels)
        self._send(latents.encode(job, picture, self._held.tools.session(job.model)))

    def _survey(self, job: mapping.Survey) -> None:
        self._send(latents.survey(job, self._held.tools.session(job.model)))

    def _embed_folder(self, job: mapping.EmbedFolder) -> None:
        def wait(future: Future[Any]) -> Any:  # noqa: ANN401 - whatever the future holds
            while True:
                self._pause(job)
                if futures.wait([future], LULL).done:
                    return future.result()

        session = self._held.tools.session(job.model)
        with self._desk.in_between():
            self._send(embed_folder(job, session, wait, self._send))

    def _export(self, job: spec.Export) -> None:
        latents.export(job, self._held.tools.session(job.model), lambda: self._desk.check(job))
        self._send(events.Finished(job.id, job.target))

    def _export_walk(self, job: walks.ExportWalk) -> None:
        session = self._held.tools.session(job.model)
        with self._desk.in_between():
            walking.export_walk(job, session, lambda: self._pause(job), self._send)
        self._send(events.Finished(job.id, job.target))

    def _estimate_walk(self, job: walks.EstimateWalk) -> None:
        size = walking.walk_bytes(job, self._held.tools.session(job.model))
        self._send(events.SizeEstimated(job.id, size))

    def _encode_files(self, job: vectors.EncodeFiles) -> None:
        session = self._held.tools.session(job.model)
        with self._desk.in_between():
            summary = latent_files.encode_files(job, session, lambda: self._pause(job), self._send)
        self._send(events.Finished(job.id, job.target, summary=summary))

    def _decode_file(self, job: vectors.DecodeFile) -> None:
        self._send(latent_files.decode_file(job, self._held.tools.session(job.model)))

    def _map(self, job: spec.Map) -> None:
        self._send(events.MapReady(job.id, latents.mosaic(job, self._held.tools.session(job.model))))
