"""The planned and the actual course of a site as a picture: lines of an SVG and their scales.

The picture needs no script and prints well; the same numbers stand in a table beside it.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sites.formatting import day
from sites.progress_curve import Curve, Point

WIDTH: Final = 640
HEIGHT: Final = 260
LEFT: Final = 46
RIGHT: Final = 14
TOP: Final = 12
BOTTOM: Final = 30


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of a scale, in picture units, with its words."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of the actual course, with its words."""

    x: float
    y: float
    title: str


@dataclass(frozen=True, slots=True)
class CurvePicture:
    """Two lines with their scales; `today_x` is None when the day lies outside the picture."""

    width: int
    height: int
    planned: str
    actual: str
    dots: tuple[Dot, ...]
    percents: tuple[Tick, ...]
    days: tuple[Tick, ...]
    today_x: float | None
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


@dataclass(frozen=True, slots=True)
class Frame:
    """The days that the picture spans and how they fall on it."""

    first: datetime.date
    last: datetime.date

    def x(self, on: datetime.date) -> float:
        """Return the horizontal place of a day."""
        share = (on - self.first).days / max((self.last - self.first).days, 1)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, percent: float) -> float:
        """Return the vertical place of a percentage."""
        return round(TOP + (100 - percent) / 100 * (HEIGHT - TOP - BOTTOM), 1)

    def line(self, points: Sequence[Point]) -> str:
        """Return points as the path of an SVG line."""
        places = [f"{self.x(point.on)} {self.y(float(point.percent))}" for point in points]
        return f"M{'L'.join(places)}" if places else ""


def curve_picture(curve: Curve) -> CurvePicture | None:
    """Return the picture of a course, None where there is nothing to draw."""
    days = [point.on for point in (*curve.planned, *curve.actual)]
    if len(set(days)) < 2:
        return None
    frame = Frame(min(days), max(days))
    today = curve.as_of if frame.first <= curve.as_of <= frame.last else None
    return CurvePicture(
        width=WIDTH,
        height=HEIGHT,
        planned=frame.line(curve.planned),
        actual=frame.line(_with_today(curve)),
        dots=tuple(
            Dot(frame.x(p.on), frame.y(float(p.percent)), f"{day(p.on)}: {p.percent:f} %")
            for p in curve.actual
        ),
        percents=tuple(Tick(frame.y(p), f"{p} %") for p in (0, 25, 50, 75, 100)),
        days=_days(frame),
        today_x=frame.x(today) if today else None,
    )


def _with_today(curve: Curve) -> list[Point]:
    """Return the actual course drawn on to today: it stands where it was last reported."""
    points = list(curve.actual)
    if points and curve.is_open and points[-1].on < curve.as_of:
        ends = max(point.on for point in (*curve.planned, *curve.actual))
        points.append(Point(min(curve.as_of, ends), points[-1].percent))
    return points


def _days(frame: Frame) -> tuple[Tick, ...]:
    """Return the first, the last, and two days between them."""
    span = (frame.last - frame.first).days
    shown = [frame.first + datetime.timedelta(days=span * part // 3) for part in range(4)]
    return tuple(Tick(frame.x(on), on.isoformat()) for on in dict.fromkeys(shown))
