"""Codes of the fictional units: province 39 is not assigned, so nothing below it is real."""

from __future__ import annotations

PROVINCE_CODE = "39"
PROVINCE_NAME = ("徽岭省", "Huiling Province")
DISTRICTS_A_CITY = 7


def district_code(index: int) -> str:
    """Six digits; the home district is 390102."""
    city, place = divmod(index, DISTRICTS_A_CITY)
    return f"{PROVINCE_CODE}{city + 1:02d}{place + 2:02d}"


HOME_DISTRICT_CODE = district_code(0)


def township_code(district: str, kind: str, number: int) -> str:
    """Nine digits: streets from 001, towns from 100, townships from 200, zones from 400."""
    first = {"street": 1, "town": 100, "township": 200, "zone": 400}[kind]
    return f"{district}{first + number:03d}"


def village_code(township: str, *, community: bool, number: int) -> str:
    """Twelve digits: communities from 001, villages from 200."""
    return f"{township}{(1 if community else 200) + number:03d}"


def route_code(letter: str, number: int, district: str) -> str:
    """Letter, at least three digits, six digits of the district: X001390102."""
    return f"{letter}{number:03d}{district}"
