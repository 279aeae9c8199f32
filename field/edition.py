"""Which files make up the phone's page, and the version that changes when one of them does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import translation
from django.views.i18n import JavaScriptCatalog

FOLDER: Final = Path(__file__).resolve().parent / "static"
KEPT_ENDINGS: Final = frozenset({".js", ".css", ".svg", ".png"})
WORKER: Final = "field/sw-worker.js"
NOT_KEPT: Final = frozenset({WORKER, "field/too-old.js"})
FROM_OTHERS: Final = (
    "js/children.js",
    "vendor/leaflet/leaflet.js",
    "vendor/leaflet/leaflet.css",
)
SHELL: Final = "/field/"
MARK: Final = 'name="atlas-field"'
"""Stands in the shell, so that a gateway's page is not kept in its place."""
CONTEXT_ENDS: Final = "\x04"
"""Between the context and the text of a word, as gettext writes it."""
LANGUAGES: Final = ("zh-hans", "en")


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of the page: the addresses of its files, and a hash over all of them."""

    version: str
    files: tuple[str, ...]


class PhoneCatalog(JavaScriptCatalog):
    """The words that the phone's modules use, and not those of every other page."""

    def get_catalog(self) -> dict[str, Any]:
        """Return the texts that stand in a module; a context goes before its text."""
        spoken = _spoken(tuple(_stamps()))
        catalog: dict[str, Any] = super().get_catalog()
        return {
            key: words
            for key, words in catalog.items()
            if key.rpartition(CONTEXT_ENDS)[2] in spoken
        }


def words_of(language: str) -> bytes:
    """Return the script that gives the page its words in a language."""
    with translation.override(language):
        answer = PhoneCatalog(packages=["config"]).get(HttpRequest())
    return bytes(answer.content)


def words_address(language: str) -> str:
    """Return where the words of a language are."""
    return f"{SHELL}words-{language}.js"


def manifest_address(language: str) -> str:
    """Return where the manifest of a language is."""
    return f"{SHELL}manifest-{language}.webmanifest"


def current_edition(shell: bytes) -> Edition:
    """Return the edition of the files as they are now.

    `shell` is the page itself: in an office's server it names its files by their hashes.
    """
    return _edition(tuple(_stamps()), shell)


def _names() -> Iterator[tuple[str, Path]]:
    for path in sorted(FOLDER.rglob("*")):
        name = path.relative_to(FOLDER).as_posix()
        if path.suffix in KEPT_ENDINGS and name not in NOT_KEPT:
            yield name, path
    for name in FROM_OTHERS:
        found = finders.find(name)
        if found:
            yield name, Path(found)


def _stamps() -> Iterator[tuple[str, Path, int, int]]:
    for name, path in (*_names(), (WORKER, FOLDER / WORKER)):
        facts = path.stat()
        yield name, path, facts.st_mtime_ns, facts.st_size


@lru_cache(maxsize=2)
def _spoken(stamps: tuple[tuple[str, Path, int, int], ...]) -> str:
    """Return what the modules say, without the strokes that quote a quotation mark."""
    modules = [path for _name, path, *_facts in stamps if path.is_relative_to(FOLDER)]
    texts = [path.read_text(encoding="utf-8") for path in modules if path.suffix == ".js"]
    return "\n".join(texts).replace("\\", "")


@lru_cache(maxsize=2)
def _edition(stamps: tuple[tuple[str, Path, int, int], ...], shell: bytes) -> Edition:
    digest = hashlib.sha256(shell)
    files = [SHELL]
    for name, path, _modified, _size in stamps:
        address = static(name)
        digest.update(address.encode() + hashlib.sha256(path.read_bytes()).digest())
        if name != WORKER:
            files.append(address)
    for language in LANGUAGES:
        digest.update(words_of(language))
        files += [words_address(language), manifest_address(language)]
    return Edition(version=digest.hexdigest()[:16], files=tuple(files))
