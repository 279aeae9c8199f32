"""The codes of reports, with words."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportKind(TextChoices):
    """What is told, and for which period."""

    ANNUAL = "annual", _("Annual work report")
    HALF_YEAR = "half_year", _("Half-year bulletin")
    MONTHLY = "monthly", _("Monthly bulletin")
    SPECIAL = "special", _("Special report")


class ReportState(TextChoices):
    """A draft is computed anew at will; a signed report is frozen."""

    DRAFT = "draft", pgettext_lazy("report", "Draft")
    SIGNED = "signed", pgettext_lazy("report", "Signed")
    WITHDRAWN = "withdrawn", pgettext_lazy("report", "Withdrawn")


class SectionKind(TextChoices):
    """What a section of a report shows below its text."""

    TEXT = "text", pgettext_lazy("section", "Text only")
    TOWNSHIPS = "townships", pgettext_lazy("section", "Table by township")
    PROGRAMMES = "programmes", pgettext_lazy("section", "Table by programme")
    MONEY = "money", pgettext_lazy("section", "Table of money by source")
    RANKING = "ranking", pgettext_lazy("section", "Ranking of townships")


class Dimension(TextChoices):
    """By what a figure of a report is parted in its tables."""

    TOWNSHIP = "township", _("Township")
    PROGRAMME = "programme", _("Programme")


class FigureUnit(TextChoices):
    """In which unit a figure is told."""

    SITES = "sites", pgettext_lazy("figure", "sites")
    KILOMETRES = "km", pgettext_lazy("figure", "km")
    HOUSEHOLDS = "households", pgettext_lazy("figure", "households")
    PEOPLE = "people", pgettext_lazy("figure", "people")
    PERCENT = "percent", pgettext_lazy("figure", "%")
    YUAN = "yuan", pgettext_lazy("figure", "yuan")
    TEN_THOUSAND_YUAN = "wan_yuan", pgettext_lazy("figure", "10,000 yuan")
    HUNDRED_MILLION_YUAN = "yi_yuan", pgettext_lazy("figure", "100 million yuan")
    CUBIC_METRES_PER_DAY = "m3_per_day", pgettext_lazy("figure", "m³/d")
    PIECES = "pieces", pgettext_lazy("figure", "pieces")
