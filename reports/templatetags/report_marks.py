"""Marks of reports: states, periods, and hashes as short as people compare them."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports.kinds import ReportState
from reports.models import Report
from reports.periods import Period
from reports.told import exact_words

register = template.Library()


@register.filter
def report_period(report: Report) -> str:
    """Write the period of a report."""
    return str(Period(report.period_start, report.period_end))


@register.simple_tag
def report_badge(state: str) -> SafeString:
    """Show the state of a report: a colour and the word."""
    return format_html('<span class="report-state {}">{}</span>', state, ReportState(state).label)


@register.filter
def short_hash(text: str) -> str:
    """Return the beginning of a hash; the whole stands in the title beside it."""
    return text[:12]


@register.filter
def exact(value: Any, unit: str) -> str:
    """Write an exact value with its unit."""
    return exact_words(value, unit)


@register.filter
def signed_exact(value: Any, unit: str) -> str:
    """Write a difference with its sign and unit."""
    text = exact_words(value, unit)
    return f"+{text}" if value and value > 0 else text
