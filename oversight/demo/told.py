"""Information that the demo's bodies filed: 300 pieces in 2023, of which 123 were published."""

from __future__ import annotations

import datetime

import numpy as np

from oversight.kinds import SentTo
from oversight.models import InfoSubmission
from sites.demo.codes import HOME_DISTRICT_CODE
from sites.kinds import OrganisationKind
from sites.models import Area, Organisation

SENT_AND_PUBLISHED = {2023: (300, 123), 2024: (268, 96), 2025: (284, 118), 2026: (212, 81)}
"""By year, how many pieces were filed and how many of them published."""
SUBJECTS = (
    "农村道路畅通工程提前完工",
    "中心村建设让村庄换新颜",
    "农村饮水安全工程惠及千户",
    "危房改造暖民心",
    "三方管护机制显成效",
    "民生工程宣传月活动启动",
    "义务监督员走进施工现场",
    "民生工程资金拨付提速",
    "村民代表参与竣工验收",
    "小型水利设施管护见实效",
    "技能培训助力就业增收",
    "民生工程满意度调查入户",
)
JOURNALS = {
    SentTo.PROVINCE: ("省民生工程简报", "省政府门户网站", "省级党报"),
    SentTo.CITY: ("市民生工程简报", "市政府门户网站", "市级日报"),
}
FILERS = (
    OrganisationKind.TOWNSHIP,
    OrganisationKind.LIVELIHOOD_OFFICE,
    OrganisationKind.LEAD_DEPARTMENT,
)


def write_information(rng: np.random.Generator, *, as_of: datetime.date) -> None:
    """Store the pieces of every year up to a day."""
    bodies = list(
        Organisation.objects.filter(kind__in=FILERS, area__code__startswith=HOME_DISTRICT_CODE)
        .select_related("area")
        .defer("area__boundary")
        .order_by("kind", "credit_code", "name")
    )
    home = Area.objects.filter(code=HOME_DISTRICT_CODE).order_by("-valid_from").first()
    if not bodies or home is None:
        return
    rows = [
        row
        for year, (sent, published) in SENT_AND_PUBLISHED.items()
        if year <= as_of.year
        for row in _year(rng, year, sent, published, bodies, home, as_of)
    ]
    InfoSubmission.objects.bulk_create(rows, batch_size=500)


def _year(
    rng: np.random.Generator,
    year: int,
    sent: int,
    published: int,
    bodies: list[Organisation],
    home: Area,
    as_of: datetime.date,
) -> list[InfoSubmission]:
    last = min(datetime.date(year, 12, 31), as_of)
    days = (last - datetime.date(year, 1, 1)).days
    chosen = set(rng.choice(sent, size=published, replace=False).tolist())
    rows = []
    for index in range(sent):
        body = bodies[int(rng.integers(len(bodies)))]
        # Days are left between sending and the last day, so that each can be published in time.
        sent_on = datetime.date(year, 1, 1) + datetime.timedelta(
            days=int(rng.integers(max(1, days - 30)))
        )
        goes_to = SentTo.PROVINCE if rng.random() < 0.4 else SentTo.CITY
        journal = JOURNALS[goes_to][int(rng.integers(3))]
        is_published = index in chosen
        wait = datetime.timedelta(days=int(rng.integers(1, 30)))
        place = body.area or home
        subject = SUBJECTS[int(rng.integers(len(SUBJECTS)))]
        rows.append(
            InfoSubmission(
                area=place,
                organisation=body,
                title=f"{place.name}：{subject}",
                sent_to=goes_to,
                sent_on=sent_on,
                published_on=min(sent_on + wait, last) if is_published else None,
                published_in=journal if is_published else "",
            )
        )
    return rows
