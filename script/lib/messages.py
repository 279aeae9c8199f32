"""The message catalogues: `messages.py compile` and `messages.py check`.

Both are plain Python, because a plain Debian has no gettext tools. `check` reads the English
source strings from the code, the templates and the scripts, and wants each of them translated:
not empty, not fuzzy, with the same placeholders.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
LOCALE = ROOT / "config" / "locale"
APPS = (
    "config",
    "reports",
    "maps",
    "oversight",
    "field",
    "maintenance",
    "funding",
    "assets",
    "sites",
)

Message = tuple[str | None, str]
"""A message's context, where it has one, and its English text."""

TEXT_AT = {"gettext": 0, "gettext_lazy": 0, "gettext_noop": 0, "_": 0, "N_": 0, "ngettext": 0}
TEXT_AT |= {"ngettext_lazy": 0, "pgettext": 1, "pgettext_lazy": 1, "npgettext": 1}
TEXT_AT |= {"npgettext_lazy": 1}

CALL = re.compile(r"\b(n?p?gettext(?:_lazy|_noop)?|_)\(")
LITERAL = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`$]*`)"""
ARGUMENTS = re.compile(rf"\s*{LITERAL}(?:\s*,\s*{LITERAL})?", re.DOTALL)
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif]|\{\w*\}")


def compile_catalogues() -> None:
    """Write each catalogue that is newer than its compiled form."""
    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))


def python_messages(text: str) -> Iterator[Message]:
    """Yield what Python code hands to a gettext function as a literal."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            arguments = [a.value for a in node.args if isinstance(a, ast.Constant)]
            yield from _message(name, arguments)


def other_messages(text: str) -> Iterator[Message]:
    """Yield what a script, or a template that Django has rewritten, hands to gettext."""
    for call in CALL.finditer(text):
        literals = ARGUMENTS.match(text, call.end())
        if literals:
            arguments = [_unquoted(part) for part in literals.groups() if part]
            yield from _message(call.group(1), arguments)


def _unquoted(literal: str) -> str:
    return literal[1:-1] if literal[0] == "`" else str(ast.literal_eval(literal))


def _message(name: str, arguments: Sequence[object]) -> Iterator[Message]:
    at = TEXT_AT.get(name)
    if at is None or len(arguments) <= at or not isinstance(arguments[at], str):
        return
    context = str(arguments[0]) if at else None
    if arguments[at]:
        yield context, str(arguments[at])


def source_messages() -> dict[str, set[Message]]:
    """Return the messages in the source of each catalogue: `django` and `djangojs`."""
    found: dict[str, set[Message]] = {"django": set(), "djangojs": set()}
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*")):
            if "vendor" in path.parts or path.suffix not in {".py", ".html", ".txt", ".js"}:
                continue
            text = path.read_text(encoding="utf-8")
            if path.suffix == ".py":
                found["django"].update(python_messages(text))
            elif path.suffix == ".js":
                found["djangojs"].update(other_messages(text))
            elif "templates" in path.parts:
                found["django"].update(other_messages(templatize(text)))
    return found


def catalogue_problems(path: Path, wanted: set[Message]) -> Iterator[str]:
    """Yield one line for each message that the catalogue lacks or translates wrongly."""
    catalogue = polib.pofile(str(path))
    entries = {(e.msgctxt, e.msgid): e for e in catalogue if not e.obsolete}
    for message in sorted(wanted, key=lambda m: (m[1], m[0] or "")):
        if message not in entries:
            yield f"not in the catalogue: {message[1]!r}"
    for (_, text), entry in entries.items():
        translations = [entry.msgstr] if not entry.msgid_plural else entry.msgstr_plural.values()
        if entry.fuzzy:
            yield f"fuzzy: {text!r}"
        elif not all(translations):
            yield f"empty: {text!r}"
        elif any(_placeholders(t) not in _allowed(entry) for t in translations):
            yield f"other placeholders: {text!r}"
        elif "%" not in text and any("%" in t for t in translations):
            # Whoever formats the English text without fear would stumble over this one.
            yield f"a percent sign that the source has not: {text!r}"


def _placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


def _allowed(entry: polib.POEntry) -> list[Counter[str]]:
    return [_placeholders(t) for t in (entry.msgid, entry.msgid_plural) if t]


def check_catalogues() -> int:
    """Print every problem of the Chinese catalogues; return how many there are."""
    count = 0
    for name, wanted in source_messages().items():
        path = LOCALE / "zh_Hans" / "LC_MESSAGES" / f"{name}.po"
        if not path.exists():
            problems = [f"{len(wanted)} messages and no catalogue"] if wanted else []
        else:
            problems = list(catalogue_problems(path, wanted))
        for problem in problems:
            print(f"{name}.po: {problem}")
        count += len(problems)
    return count


if __name__ == "__main__":
    if sys.argv[1:] == ["compile"]:
        compile_catalogues()
    elif sys.argv[1:] == ["check"]:
        sys.exit(1 if check_catalogues() else 0)
    else:
        sys.exit(__doc__)
