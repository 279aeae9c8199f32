"""Letters of accountability: always in Chinese, kept word for word as they were sent.

A letter is kept as one text of six blocks with an empty line between them: title, number,
addressee, body, issuing office, day. So it can be read as it stands and laid out for print.
The wording is our own proposal; the office edits it before it is sent.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final, Self

from django.template.loader import render_to_string

from oversight.kinds import CaseCause, CaseLevel
from oversight.models import AccountabilityCase
from sites.kinds import OrganisationKind
from sites.models import Area, Organisation

TITLES: Final[dict[str, str]] = {
    CaseLevel.REMINDER: "提醒函",
    CaseLevel.SUPERVISION: "督办通知书",
    CaseLevel.TALK: "约谈通知书",
    CaseLevel.NOTICE: "通报",
    CaseLevel.TRANSFER: "问题线索移送函",
}
SUBJECTS: Final[dict[str, str]] = {
    CaseCause.DECISION: "未按期落实会商调度议定事项",
    CaseCause.MILESTONE: "工程节点逾期",
    CaseCause.PLAN: "未按要求报送或完成月度方案",
    CaseCause.FINDING: "整改项未按期整改",
    CaseCause.DEFECT: "病害问题未及时处置",
    CaseCause.DATA: "数据不实或漏报",
    CaseCause.OTHER: "有关问题",
}
DISCIPLINE: Final = "纪检监察机关"
"""To whom a transfer goes unless the office names the addressee."""
OFFICE: Final = "民生工程办公室"
LONGEST_BODY: Final = 8000


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in its parts; `paragraphs` are those of the body."""

    title: str
    number: str
    addressee: str
    paragraphs: tuple[str, ...]
    issuer: str
    day: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a letter as it was kept."""
        title, number, addressee, body, issuer, day = text.split("\n\n")
        return cls(title, number, addressee, tuple(body.split("\n")), issuer, day)

    @property
    def number_line(self) -> str:
        """The line below the title."""
        return f"编号：{self.number}"

    @property
    def salutation(self) -> str:
        """The line above the body, as official documents write it."""
        return f"{self.addressee}："

    def as_text(self) -> str:
        """Return the letter as it is kept."""
        body = "\n".join(self.paragraphs)
        blocks = (self.title, self.number, self.addressee, body, self.issuer, self.day)
        return "\n\n".join(blocks)


def chinese_day(day: datetime.date) -> str:
    """Write a day as official documents do.

    >>> chinese_day(datetime.date(2026, 3, 5))
    '2026年3月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def letter_title(case: AccountabilityCase, level: str) -> str:
    """Return the title of a case's letter at a level."""
    place = f"{case.site.name}" if case.site else ""
    return f"关于{place}{SUBJECTS[case.cause]}的{TITLES[level]}"


def default_addressee(case: AccountabilityCase, level: str) -> str:
    """Return to whom the letter goes: the body, or where a transfer goes."""
    return DISCIPLINE if level == CaseLevel.TRANSFER else case.organisation.name


def draft_body(
    case: AccountabilityCase, level: str, *, on: datetime.date, due_on: datetime.date
) -> str:
    """Return the body of the letter that the office may edit before it is sent."""
    steps = [
        f"{chinese_day(step.on)}发出《{TITLES[step.level]}》"
        for step in case.steps.exclude(letter="").order_by("recorded_at", "id")
    ]
    values = {
        "body": case.organisation.name,
        "person": case.person,
        "site": f"{case.site.name}（{case.site.code}）" if case.site else "",
        "subject": SUBJECTS[case.cause],
        "facts": case.facts.strip(),
        "number": case.number,
        "earlier": "、".join(steps),
        "today": chinese_day(on),
        "due": chinese_day(due_on),
    }
    text = render_to_string(f"oversight/letters/{CaseLevel(level).value}.txt", values)
    return "\n".join(_paragraphs(text))


def composed(
    case: AccountabilityCase,
    level: str,
    *,
    body: str,
    addressee: str,
    on: datetime.date,
) -> Letter:
    """Return the letter as it goes out; its number counts the letters of the case."""
    count = case.steps.exclude(letter="").count() + 1
    return Letter(
        title=letter_title(case, level),
        number=f"{case.number}-{count}",
        addressee=" ".join(addressee.split()) or default_addressee(case, level),
        paragraphs=_paragraphs(body),
        issuer=issuing_office(case.area_code),
        day=chinese_day(on),
    )


def issuing_office(area_code: str) -> str:
    """Return the name of the office that issues: that of the district, else called after it."""
    district = area_code[:6]
    office = Organisation.objects.filter(
        kind=OrganisationKind.LIVELIHOOD_OFFICE, area__code=district
    )
    found = office.order_by("name", "id").first()
    if found:
        return str(found.name)
    area = Area.objects.filter(code=district).order_by("-valid_from").only("name").first()
    return f"{area.name if area else ''}{OFFICE}"


def _paragraphs(text: str) -> tuple[str, ...]:
    lines = (line.strip() for line in text.replace("\r", "\n").split("\n"))
    return tuple(line for line in lines if line)
