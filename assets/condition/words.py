"""What the coefficients of a rule set mean, in words."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assets.kinds import ConditionGrade
from sites.kinds import Pavement

FORMULAS: Final = (
    ("PCI", "PCI = 100 − a₀ · DR^a₁"),
    ("RQI", "RQI = 100 / (1 + a₀ · e^(a₁ · IRI))"),
    ("PQI", "PQI = (w_PCI · PCI + w_RQI · RQI) / (w_PCI + w_RQI)"),
    (
        "MQI",
        "MQI = (w_SCI · SCI + w_PQI · PQI + w_BCI · BCI + w_TCI · TCI)"
        " / (w_SCI + w_PQI + w_BCI + w_TCI)",
    ),
)
"""The shapes of the formulas, as pages show them."""
_INDICES: Final = {
    "PCI": _("Pavement condition index"),
    "RQI": _("Riding quality index"),
    "PQI": _("Pavement quality index"),
    "MQI": _("Maintenance quality index"),
    "GRADE": _("Lowest index of the grade"),
}
_SPEEDS: Final = {
    "high": _("expressway and class 1 (the class is not verified either)"),
    "other": _("class 2 and below (the class is not verified either)"),
}


def meaning_of(symbol: str) -> tuple[str | Promise, str, str | Promise]:
    """Return what a symbol belongs to, its sign in the formula, and for which roads it holds.

    >>> meaning_of("PCI.a0.asphalt")[1]
    'a0'
    """
    index, _dot, rest = symbol.partition(".")
    sign, _dot, roads = rest.partition(".")
    group = _INDICES.get(index, index)
    if index == "GRADE" and sign in ConditionGrade.values:
        return group, "", ConditionGrade(sign).label
    if roads in Pavement.values:
        return group, sign, Pavement(roads).label
    return group, sign, _SPEEDS.get(roads, roads)
