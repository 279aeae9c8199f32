"""What a survey's measurements come to under a rule set, from verified coefficients alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from assets.condition.formulas import (
    GRADES_WITH_BORDER,
    NoWeight,
    grade_of,
    pavement_condition,
    riding_quality,
    weighted,
)
from sites.kinds import TechnicalClass

MEASURED: Final = ("damage_percent", "iri_m_per_km")
STATED_INDICES: Final = ("sci", "bci", "tci")
CLASSES_OF_HIGH_SPEED: Final = frozenset({TechnicalClass.EXPRESSWAY, TechnicalClass.CLASS_1})
"""Roads that have constants of their own for the riding quality."""


@dataclass(frozen=True, slots=True)
class Measurements:
    """What was found on a stretch: DR in %, IRI in m/km, indices that the surveyor states.

    `pavement` and `technical_class` say which coefficients hold.
    """

    pavement: str = ""
    technical_class: str = ""
    damage_percent: Decimal | None = None
    iri_m_per_km: Decimal | None = None
    sci: Decimal | None = None
    bci: Decimal | None = None
    tci: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was measured from which an index could be computed."""
        return self.damage_percent is None and self.iri_m_per_km is None


@dataclass(frozen=True, slots=True)
class Rating:
    """The computed indices and their grade; whatever could not be computed says why.

    `unverified` are the symbols of coefficients that nobody verified, or that the rule set does
    not have; `missing` are the columns of measurements that were not given. The grade rests on
    `basis`: the MQI where SCI, BCI and TCI are stated, else the PQI (our choice).
    """

    indices: Mapping[str, Decimal] = field(default_factory=dict)
    grade: str = ""
    basis: str = ""
    unverified: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class _Book:
    """The verified numbers of a rule set, and a note of those that were asked for in vain."""

    def __init__(self, verified: Mapping[str, Decimal]) -> None:
        self.verified = verified
        self.wanted: list[str] = []

    def numbers(self, *symbols: str) -> list[Decimal] | None:
        """Return the numbers of all symbols; None, and a note, when one is not verified."""
        lacking = [symbol for symbol in symbols if symbol not in self.verified]
        self.wanted += [symbol for symbol in lacking if symbol not in self.wanted]
        return None if lacking else [self.verified[symbol] for symbol in symbols]


def rate(found: Measurements, verified: Mapping[str, Decimal]) -> Rating:
    """Return what the measurements come to; `verified` holds the verified numbers by symbol.

    An index is computed only when every number that it needs is verified: no index rests on a
    number that nobody has compared with the standard.
    """
    book = _Book(verified)
    indices: dict[str, Decimal] = {}
    _set(indices, "pci", _pci(found, book))
    _set(indices, "rqi", _rqi(found, book))
    _set(indices, "pqi", _pqi(indices, book))
    whole = all(getattr(found, name) is not None for name in STATED_INDICES)
    basis = "mqi" if whole else "pqi"
    if whole:
        _set(indices, "mqi", _mqi(found, indices, book))
    grade = _grade(indices.get(basis), book)
    return Rating(
        indices=indices,
        grade=grade,
        basis=basis if grade else "",
        unverified=tuple(book.wanted),
        missing=tuple(name for name in MEASURED if getattr(found, name) is None),
    )


def symbols_of(pavement: str, technical_class: str) -> tuple[str, ...]:
    """Return the symbols of every coefficient that a road of this kind needs for its PQI grade."""
    surface, riding = _pavement_symbols(pavement), _riding_symbols(technical_class)
    return (*surface, *riding, *PQI_WEIGHTS, *GRADE_BORDERS)


PQI_WEIGHTS: Final = ("PQI.w_PCI", "PQI.w_RQI")
MQI_WEIGHTS: Final = ("MQI.w_SCI", "MQI.w_PQI", "MQI.w_BCI", "MQI.w_TCI")
GRADE_BORDERS: Final = tuple(f"GRADE.{grade}" for grade in GRADES_WITH_BORDER)


def _pavement_symbols(pavement: str) -> tuple[str, str]:
    surface = pavement or "unknown"
    return f"PCI.a0.{surface}", f"PCI.a1.{surface}"


def _riding_symbols(technical_class: str) -> tuple[str, str]:
    speed = "high" if technical_class in CLASSES_OF_HIGH_SPEED else "other"
    return f"RQI.a0.{speed}", f"RQI.a1.{speed}"


def _set(indices: dict[str, Decimal], name: str, value: Decimal | None) -> None:
    if value is not None:
        indices[name] = value


def _pci(found: Measurements, book: _Book) -> Decimal | None:
    symbols = _pavement_symbols(found.pavement)
    return _computed(pavement_condition, found.damage_percent, symbols, book)


def _rqi(found: Measurements, book: _Book) -> Decimal | None:
    symbols = _riding_symbols(found.technical_class)
    return _computed(riding_quality, found.iri_m_per_km, symbols, book)


def _computed(
    formula: Callable[[Decimal, Decimal, Decimal], Decimal],
    measured: Decimal | None,
    symbols: tuple[str, str],
    book: _Book,
) -> Decimal | None:
    if measured is None:
        return None
    numbers = book.numbers(*symbols)
    return formula(measured, *numbers) if numbers else None


def _pqi(indices: Mapping[str, Decimal], book: _Book) -> Decimal | None:
    weights = book.numbers(*PQI_WEIGHTS)
    if weights is None or "pci" not in indices or "rqi" not in indices:
        return None
    return _mean([indices["pci"], indices["rqi"]], weights, PQI_WEIGHTS, book)


def _mqi(found: Measurements, indices: Mapping[str, Decimal], book: _Book) -> Decimal | None:
    weights = book.numbers(*MQI_WEIGHTS)
    if weights is None or "pqi" not in indices or found.sci is None:
        return None
    if found.bci is None or found.tci is None:
        return None
    values = [found.sci, indices["pqi"], found.bci, found.tci]
    return _mean(values, weights, MQI_WEIGHTS, book)


def _mean(
    values: list[Decimal], weights: list[Decimal], symbols: tuple[str, ...], book: _Book
) -> Decimal | None:
    try:
        return weighted(zip(values, weights, strict=True))
    except NoWeight:
        book.wanted += symbols
        return None


def _grade(index: Decimal | None, book: _Book) -> str:
    borders = book.numbers(*GRADE_BORDERS)
    if index is None or borders is None:
        return ""
    return grade_of(index, dict(zip(GRADES_WITH_BORDER, borders, strict=True)))
