"""Texts are read in the right encoding or asked about; never mojibake in silence."""

from __future__ import annotations

import zipfile

import pytest

from sites.imports.problems import FileProblemError, QuestionError
from sites.imports.reader.outcome import Options
from sites.imports.sandbox import FeatureStream


@pytest.fixture
def shapefile(pilot, tmp_path):
    """Make a variant of a shapefile: its names in an encoding, another `.cpg`, another language."""

    def make(*, encoding, page=None, language=0):
        source = zipfile.ZipFile(pilot / "samples" / "roads_utf8_shp.zip")
        path = tmp_path / "variant.zip"
        with zipfile.ZipFile(path, "w") as target:
            for name in source.namelist():
                content = source.read(name)
                if name.endswith(".cpg"):
                    continue
                if name.endswith(".dbf"):
                    content = _recoded(content, encoding, language)
                target.writestr(name, content)
            if page is not None:
                target.writestr("roads_utf8_shp.cpg", page)
        return path

    return make


def _recoded(table, encoding, language):
    """A dBASE table with its texts in another encoding, widths kept."""
    head = int.from_bytes(table[8:10], "little")
    size = int.from_bytes(table[10:12], "little")
    fields = [(table[at + 11], table[at + 16]) for at in range(32, head - 1, 32)]
    out = bytearray(table[:head])
    out[29] = language
    for start in range(head, len(table) - 1, size):
        at = start + 1
        out += table[start:at]
        for kind, width in fields:
            raw = table[at : at + width]
            if kind == ord("C"):
                raw = raw.decode("utf-8").rstrip().encode(encoding).ljust(width)[:width]
            out += raw
            at += width
    return bytes(out) + b"\x1a"


def names(path, **options):
    with FeatureStream(path, Options(**options)) as stream:
        return [feature.properties["LXMC"] for feature in stream][:1]


@pytest.mark.parametrize(
    ("encoding", "page", "language"),
    [
        ("utf-8", "UTF-8", 0),
        ("utf-8", None, 0),
        ("gb18030", "GBK", 0),
        ("gb18030", "936", 0),
        ("gb18030", "GB18030", 0x57),
        ("gb18030", None, 0x4D),
        ("gb18030", None, 0x57),
        ("gb18030", None, 0),
    ],
)
def test_declared_or_proved_encodings_read_right(shapefile, encoding, page, language):
    path = shapefile(encoding=encoding, page=page, language=language)
    assert names(path) == ["甘仙线"]


@pytest.mark.parametrize(
    ("encoding", "page", "language"),
    [
        ("gb18030", "UTF-8", 0),
        ("utf-8", "ISO-8859-1", 0),
        ("gb18030", "1252", 0),
        ("gb18030", None, 0x03),
    ],
)
def test_a_declaration_that_the_bytes_contradict_is_asked_about(
    shapefile, encoding, page, language
):
    path = shapefile(encoding=encoding, page=page, language=language)
    with pytest.raises(QuestionError) as caught:
        names(path)
    assert caught.value.code == "encoding_needed"
    samples = {choice["value"]: choice["sample"] for choice in caught.value.choices}
    assert any("线" in sample for sample in samples.values())
    assert names(path, encoding=encoding) == ["甘仙线"]


def test_an_encoding_that_does_not_fit_is_refused(shapefile):
    with pytest.raises(FileProblemError) as caught:
        names(shapefile(encoding="gb18030"), encoding="utf-8")
    assert caught.value.code == "encoding_wrong"
