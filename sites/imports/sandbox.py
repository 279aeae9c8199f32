"""Opening files from outside: only in a child process that can do nothing but read them."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import orjson

from sites.imports.problems import FileProblemError, QuestionError
from sites.imports.reader import frames
from sites.imports.reader.lockdown import Limits
from sites.imports.reader.outcome import Options

PATIENCE_SECONDS: Final = 60
"""How long the child may be silent while we wait, and its processor time for small files."""
_FREE_BYTES: Final = 64 * 1024 * 1024
_CODE: Final = Path(__file__).resolve().parents[2]
_START: Final = (
    "import sys; sys.path.append(sys.argv[1]);from sites.imports.reader.run import main; main()"
)
_ENVIRONMENT: Final = {
    "LANG": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PROJ_NETWORK": "OFF",
    "PYTHONDONTWRITEBYTECODE": "1",
}


@dataclass(frozen=True, slots=True)
class RawFeature:
    """One row as the file has it; `wkb` is CGCS2000 and valid, or None with a `problem`."""

    row: int
    own_id: str | None
    properties: dict[str, Any]
    wkb: bytes | None
    problem: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the heading of a file says. `srid` is None for a CRS without an EPSG code."""

    format: str
    layer: str
    layers: tuple[dict[str, Any], ...]
    count: int | None
    srid: int | None
    crs_name: str
    encoding: str
    fields: tuple[str, ...]
    place_fields: tuple[str, ...] = ()
    samples: dict[str, list[str]] = field(default_factory=dict)
    sandbox: dict[str, bool] = field(default_factory=dict)


class FeatureStream:
    """A file being read by a child; use as a context manager, then iterate once.

    Raises `FileProblemError` for a refused file and `QuestionError` where the user must choose, on
    entering or while iterating: nothing read so far may then be kept.
    """

    def __init__(self, path: Path, options: Options | None = None) -> None:
        self._path = path
        self._options = options or Options()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self.notes: list[dict[str, Any]] = []
        self.rows = 0
        self.facts: FileFacts

    def __enter__(self) -> FeatureStream:
        self._folder = tempfile.TemporaryDirectory(prefix="import-")
        try:
            self._child = self._start(Path(self._folder.name))
            kind, content, _ = self._frame()
            if kind != frames.HEADER:
                raise FileProblemError("reader_failed", reason="no heading")
            self.facts = _facts(content)
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __iter__(self) -> Iterator[RawFeature]:
        while True:
            kind, content, binary = self._frame()
            if kind == frames.END:
                self.notes = list(content["notes"])
                return
            if kind != frames.ROWS:
                raise FileProblemError("reader_failed", reason="unexpected frame")
            start = 0
            for number, own_id, properties, problem, size in content:
                wkb = binary[start : start + size] if size else None
                start += size
                self.rows += 1
                yield RawFeature(number, own_id, properties, wkb, problem)

    def close(self) -> None:
        """Stop the child and remove its folder."""
        if self._child is not None:
            self._child.kill()
            for stream in (self._child.stdin, self._child.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
            self._child.wait()
            self._child = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _start(self, folder: Path) -> subprocess.Popen[bytes]:
        limits = Limits(cpu_seconds=_processor_seconds(self._path))
        request = {
            "path": str(self._path.resolve()),
            "code": str(_CODE / "sites"),
            "limits": asdict(limits),
            "options": asdict(self._options),
        }
        with (folder / "stderr").open("wb") as errors:
            child = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", "-c", _START, str(_CODE)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=folder,
                env={**_ENVIRONMENT, "TMPDIR": str(folder)},
                start_new_session=True,
            )
        assert child.stdin is not None  # noqa: S101
        child.stdin.write(orjson.dumps(request) + b"\n")
        child.stdin.flush()
        return child

    def _frame(self) -> tuple[bytes, Any, bytes]:
        """Return the next frame; a refusal or question in it is raised."""
        try:
            prefix = self._exactly(frames.PREFIX_BYTES)
            kind, text_bytes, binary_bytes = frames.parse_prefix(prefix)
            content = orjson.loads(self._exactly(text_bytes))
            binary = self._exactly(binary_bytes)
        except (frames.FrameError, orjson.JSONDecodeError) as error:
            raise FileProblemError("reader_failed", reason=str(error)) from error
        if kind == frames.REFUSE:
            raise FileProblemError(content.pop("code"), **content)
        if kind == frames.ASK:
            raise QuestionError(content.pop("code"), **content)
        return kind, content, binary

    def _exactly(self, size: int) -> bytes:
        """Return that many bytes from the child; raises `FileProblemError` if it fails."""
        assert self._child is not None  # noqa: S101
        assert self._child.stdout is not None  # noqa: S101
        handle = self._child.stdout.fileno()
        pieces: list[bytes] = []
        deadline = time.monotonic() + PATIENCE_SECONDS
        while size:
            ready, _, _ = select.select([handle], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise FileProblemError("reading_takes_too_long", seconds=PATIENCE_SECONDS)
            piece = os.read(handle, min(size, 1 << 20))
            if not piece:
                raise self._death()
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def _death(self) -> FileProblemError:
        """Return why the child ended without a word: time, memory, or a fault of its own."""
        assert self._child is not None  # noqa: S101
        assert self._folder is not None  # noqa: S101
        status = self._child.wait()
        said = (Path(self._folder.name) / "stderr").read_text(errors="replace")[-2000:]
        if status in (-24, -9):
            return FileProblemError("reading_takes_too_long", seconds=PATIENCE_SECONDS)
        if "MemoryError" in said or "bad_alloc" in said or status == -6:
            return FileProblemError("too_much_memory")
        return FileProblemError("reader_failed", reason=said.strip().rpartition("\n")[2][:200])


def _facts(content: dict[str, Any]) -> FileFacts:
    return FileFacts(
        format=content["format"],
        layer=content["layer"],
        layers=tuple(content["layers"]),
        count=content["count"],
        srid=content["crs"]["srid"],
        crs_name=content["crs"]["name"],
        encoding=content["encoding"],
        fields=tuple(content["fields"]),
        place_fields=tuple(content["place_fields"]),
        samples=content["samples"],
        sandbox=content["sandbox"],
    )


def _processor_seconds(path: Path) -> int:
    """Return the child's processor time: a minute, and more for files that are truly large."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise FileProblemError("file_unreadable", reason=error.strerror or "") from error
    return PATIENCE_SECONDS + max(0, size - _FREE_BYTES) // (2 * 1024 * 1024)
