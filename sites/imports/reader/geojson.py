"""GeoJSON, feature by feature: a large file never stands in memory whole.

The text is read in pieces; Python's JSON scanner takes one value at a time. What RFC 7946
requires is required; the old `crs` member is honoured, a link in it is refused.
"""

from __future__ import annotations

import codecs
import json
import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from sites.imports.reader import coordinates, encodings
from sites.imports.reader.outcome import Notes, Options, Problem, RefusedError
from sites.imports.reader.shapes import ShapeError, shape_of
from sites.imports.reader.source import Layer, Row, Source

_PIECE: Final = 1 << 20
MAX_VALUE_CHARACTERS: Final = 24 * 1024 * 1024
"""The largest single feature, as text: about 600,000 vertices."""
_SPACE: Final = " \t\r\n"


class _Text:
    """A JSON text that is read in pieces; the scanner asks for more when a value is cut off."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._scan = json.JSONDecoder(parse_constant=lambda _: float("nan")).raw_decode
        self._buffer = ""
        self._position = 0
        self._ended = False
        self.features = 0

    def peek(self) -> str:
        """Return the next character that is no space, "" at the end."""
        while True:
            while self._position < len(self._buffer):
                character = self._buffer[self._position]
                if character not in _SPACE:
                    return character
                self._position += 1
            if not self._more():
                return ""

    def expect(self, characters: str) -> str:
        """Take one of the characters, or refuse the file."""
        character = self.peek()
        if not character or character not in characters:
            raise self.broken()
        self._position += 1
        return character

    def value(self) -> Any:
        """Take one JSON value of any kind."""
        if not self.peek():
            raise self.broken()
        while True:
            try:
                value, end = self._scan(self._buffer, self._position)
            except RecursionError as error:
                raise RefusedError("json_too_deep", feature=self.features + 1) from error
            except ValueError:
                if len(self._buffer) - self._position > MAX_VALUE_CHARACTERS:
                    raise self.too_large() from None
                if not self._more():
                    raise self.broken() from None
                continue
            if end == len(self._buffer) and self._more():
                continue  # a number may go on in the next piece
            self._position = end
            return value

    def _more(self) -> bool:
        """Read on, at least as much as is still unread; False at the end of the file."""
        if self._ended:
            return False
        unread = len(self._buffer) - self._position
        piece = self._stream.read(max(_PIECE, unread))
        self._ended = not piece
        try:
            text = self._decoder.decode(piece, self._ended)
        except UnicodeDecodeError as error:
            raise RefusedError("encoding_wrong", encoding="UTF-8") from error
        self._buffer = self._buffer[self._position :] + text
        self._position = 0
        return bool(text) or not self._ended

    def broken(self) -> RefusedError:
        """Return the refusal of text that is no JSON, with the feature where it happened."""
        return RefusedError("json_broken", feature=self.features + 1)

    def too_large(self) -> RefusedError:
        """Return the refusal of one value that is larger than we hold."""
        return RefusedError(
            "feature_too_large", feature=self.features + 1, limit=MAX_VALUE_CHARACTERS // 1024**2
        )


def open_geojson(path: Path, options: Options, notes: Notes) -> Source:
    """Open a GeoJSON file; its CRS is WGS 84 unless the old member says otherwise."""
    encoding = _encoding(path, options, notes)
    declared = _declared_crs(path, encoding)
    layer = Layer(name=path.stem, count=None)
    return Source(
        format="GeoJSON",
        layer=layer,
        layers=[layer],
        crs=declared or coordinates.of_srid(4326),
        crs_is_default=declared is None,
        encoding=encoding,
        rows=lambda: _rows(path, encoding),
    )


def _encoding(path: Path, options: Options, notes: Notes) -> str:
    """Return UTF-8, as the standard has it, or what the bytes prove where they contradict."""
    with path.open("rb") as stream:
        decoder = codecs.getincrementaldecoder("utf-8")("strict")
        while piece := stream.read(_PIECE):
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                samples = [line for line in piece.split(b'"') if not line.isascii()][:200]
                samples = samples[:-1] or samples  # the last may be cut
                return encodings.decide(
                    samples, chosen=options.encoding, declared=None, notes=notes
                )
    return "utf-8-sig"


def _declared_crs(path: Path, encoding: str) -> coordinates.FileCrs | None:
    """Return the file's `crs` member; the features are passed over to find a late one."""
    with path.open("rb") as stream:
        try:
            with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as view:
                if view.find(b'"crs"') < 0:
                    return None
        except ValueError as error:
            raise RefusedError("file_empty") from error
        for key, value in _members(_Text(stream, encoding)):
            if key == "crs":
                return coordinates.of_geojson_member(value)
    return None


def _members(text: _Text) -> Iterator[tuple[str, Any]]:
    """Yield the members of the top object; each feature as its own `("feature", …)`."""
    text.expect("{")
    if text.peek() == "}":
        return
    while True:
        key = text.value()
        if not isinstance(key, str):
            raise text.broken()
        text.expect(":")
        if key == "features" and text.peek() == "[":
            yield from _features(text)
        else:
            yield key, text.value()
        if text.expect(",}") == "}":
            break
    if text.peek():
        raise text.broken()


def _features(text: _Text) -> Iterator[tuple[str, Any]]:
    text.expect("[")
    if text.peek() == "]":
        text.expect("]")
        return
    while True:
        yield "feature", text.value()
        text.features += 1
        if text.expect(",]") == "]":
            return


def _rows(path: Path, encoding: str) -> Iterator[Row]:
    """Yield every feature; what has no features array must itself be one Feature."""
    top: dict[str, Any] = {}
    number = 0
    with path.open("rb") as stream:
        for key, value in _members(_Text(stream, encoding)):
            if key == "feature":
                number += 1
                yield _row(number, value)
            elif key in {"type", "geometry", "properties", "id"}:
                top[key] = value
    if top.get("type") == "Feature" and not number:
        yield _row(1, top)
    elif top.get("type") != "FeatureCollection":
        raise RefusedError("not_geojson", found=str(top.get("type"))[:40])


def _row(number: int, feature: Any) -> Row:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return Row(number, {}, None, problem={"code": "not_a_feature"})
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        properties = {}
    own_id = feature.get("id")
    identifier = str(own_id) if isinstance(own_id, str | int | float) else None
    shape = feature.get("geometry")
    problem: Problem | None = None
    geometry: bytes | None = None
    if shape is not None:
        try:
            geometry = shape_of(shape)
        except ShapeError as error:
            problem = {"code": error.code}
    return Row(number, properties, geometry, own_id=identifier, problem=problem)
