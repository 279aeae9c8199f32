"""The demo's accounts: one for each role and a second one of another scope for most."""

from __future__ import annotations

import datetime
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction

from sites.demo.bodies import DEPARTMENTS, PARTNERS
from sites.demo.codes import HOME_DISTRICT_CODE, PROVINCE_CODE
from sites.demo.names import HOME
from sites.models import Area, Membership, Organisation

HELD_FROM = datetime.date(2021, 1, 1)
PEOPLE: Final = {
    "district_planner": ("周", "明远"),
    "township_officer": ("程", "秀兰"),
    "township_officer_2": ("汪", "建国"),
    "company_member": ("吴", "志强"),
    "company_member_2": ("胡", "大勇"),
    "association_member": ("方", "玉梅"),
    "association_member_2": ("陶", "文斌"),
    "cooperative_member": ("潘", "长根"),
    "cooperative_member_2": ("叶", "春生"),
    "evaluator": ("许", "静"),
}
"""Family and given name of each account's fictional holder."""


@dataclass(frozen=True, slots=True)
class Account:
    """One demo account as it stands in the file: `areas` are codes, `organisations` names."""

    username: str
    password: str
    role: str
    areas: list[str]
    organisations: list[str]


@dataclass(frozen=True, slots=True)
class _Plan:
    username: str
    role: str
    areas: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


def _name(key: str) -> str:
    """Name of a body of the home district."""
    for found, _, zh, _ in DEPARTMENTS:
        if found == key:
            return f"{HOME.zh}区{zh}"
    return next(f"{HOME.zh}{zh}" for found, _, zh, _ in PARTNERS if found == key)


def _plans(scale: str) -> list[_Plan]:
    top = {
        "district": HOME_DISTRICT_CODE,
        "city": HOME_DISTRICT_CODE[:4],
        "province": PROVINCE_CODE,
    }[scale]
    towns = sorted(
        Area.objects.filter(level="township", parent__code=HOME_DISTRICT_CODE)
        .exclude(code__gte=f"{HOME_DISTRICT_CODE}400")
        .values_list("code", flat=True)
    )
    # A rural town in the middle of the list and one near its end: two that share no border code.
    first, second = towns[len(towns) // 3], towns[2 * len(towns) // 3]
    return [
        _Plan("district_planner", "district_planner", (top,), (_name("office"),)),
        _Plan("township_officer", "township_officer", (first,)),
        _Plan("township_officer_2", "township_officer", (second,)),
        *(
            _Plan(f"{kind}_member{suffix}", f"{kind}_member", (), (_name(f"{kind}:{number}"),))
            for kind in ("company", "association", "cooperative")
            for number, suffix in ((1, ""), (2, "_2"))
        ),
        _Plan("evaluator", "evaluator", (top,), (_name("third_party"),)),
    ]


def _known_passwords(file: Path) -> dict[str, str]:
    """Passwords of an earlier run; a file that cannot be read counts as lost."""
    try:
        accounts = json.loads(file.read_text(encoding="utf-8"))
        return {account["username"]: account["password"] for account in accounts}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


@transaction.atomic
def ensure_accounts(file: Path, *, scale: str) -> list[Account]:
    """Create what is missing and write the file, readable by its owner alone.

    A password that the file names stays, also for a database made anew; where the file was lost,
    every password is drawn again.
    """
    known = _known_passwords(file)
    accounts = [_ensure(plan, known.get(plan.username)) for plan in _plans(scale)]
    _write(file, accounts)
    return accounts


def _ensure(plan: _Plan, password: str | None) -> Account:
    family, given = PEOPLE[plan.username]
    user, _ = User.objects.get_or_create(
        username=plan.username, defaults={"last_name": family, "first_name": given}
    )
    password = password or secrets.token_urlsafe(12)
    if not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    if not Membership.objects.filter(user=user, role=plan.role).exists():
        _appoint(user, plan)
    return Account(plan.username, password, plan.role, list(plan.areas), list(plan.organisations))


def _appoint(user: User, plan: _Plan) -> None:
    membership = Membership.objects.create(user=user, role=plan.role, valid_from=HELD_FROM)
    membership.areas.set(Area.objects.filter(code__in=plan.areas))
    membership.organisations.set(
        Organisation.objects.filter(name__in=plan.organisations, area__code=HOME_DISTRICT_CODE)
    )


def _write(file: Path, accounts: Sequence[Account]) -> None:
    text = json.dumps([asdict(account) for account in accounts], ensure_ascii=False, indent=1)
    if file.exists() and file.read_text(encoding="utf-8") == text:
        file.chmod(0o600)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".tmp")
    draft.unlink(missing_ok=True)
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as stream:
        stream.write(text)
    draft.replace(file)
