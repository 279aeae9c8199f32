"""The life of a site: its plan, what happened of it until a day, and what people reported.

Everything follows from the draws handed in and the day; there is no clock here.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sites.demo.records import DemoEntry, DemoMilestone, DemoMove

DRAWS = 24
"""Numbers in [0, 1) that one site's life is made of."""
DURATION = {  # kind: days at least, days a unit of size
    "road": (75, 24),
    "village_centre": (110, 12),
    "water_works": (48, 14),
    "housing": (70, 0),
    "facility": (95, 9),
}
BEFORE_WORK = ("shortlisted", "designed", "approved", "tendering", "contracted")
AFTER_WORK = ("accepted", "settled", "handed_over", "closed")
PLANNER_MOVES = {
    "shortlisted",
    "designed",
    "approved",
    "accepted",
    "rectifying",
    "settled",
    "handed_over",
    "closed",
    "cancelled",
}
MILESTONES = (  # kind, state whose date it is, days before the planned start or after the finish
    ("proposal", "proposed", -170),
    ("shortlist", "shortlisted", -130),
    ("design", "designed", -85),
    ("approval", "approved", -55),
    ("tender", "tendering", -32),
    ("start", "under_construction", 0),
    ("finish", "completed", 0),
    ("preliminary_acceptance", "rectifying_or_accepted", 20),
    ("final_acceptance", "accepted", 50),
    ("settlement", "settled", 140),
    ("handover", "handed_over", 180),
)
SUSPENSIONS = ("汛期停工", "征地协调", "管线迁改", "原材料涨价待调差")
CANCELLATIONS = ("与上级项目重复,调整退出", "群众意愿变化,不再实施", "并入国土整治项目")
FINDINGS = ("路面厚度不足,限期整改", "外观质量缺陷,限期整改", "资料不齐,补充后复验")
PHASES = ("施工放样、场地清理", "基础施工", "主体施工", "主体基本完成", "附属设施施工", "扫尾清场")


@dataclass(frozen=True, slots=True)
class Life:
    """Plan, state on the day, and the records that lead there."""

    planned_start: datetime.date
    planned_finish: datetime.date
    actual_start: datetime.date | None
    actual_finish: datetime.date | None
    state: str
    progress: int
    moves: tuple[DemoMove, ...]
    happened: dict[str, int]


def life_of(
    kind: str,
    size: float,
    year: int,
    draws: Sequence[float],
    as_of: datetime.date,
    *,
    must_finish: bool,
) -> Life:
    """Live one site's plan until the day; `must_finish` keeps it from being cut short."""
    today = as_of.toordinal()
    start, finish = _plan(kind, size, year, draws, as_of)
    begun = start + round(-6 + 17 * draws[3]) + (round(60 * draws[4]) if draws[5] > 0.93 else 0)
    done = max(finish + _slip(draws[6], draws[7]), begun + 25)
    if year >= as_of.year - 1 and draws[8] > 0.925 and not must_finish:
        done += 180 + round(420 * draws[9])
    steps = _steps(begun, done, draws, must_finish=must_finish)
    taken = [(state, on, reason) for state, on, reason in steps if on <= today]
    happened = {"proposed": begun - 200 - round(40 * draws[1])}
    moves = []
    state = "proposed"
    for to_state, on, reason in taken:
        role = "district_planner" if to_state in PLANNER_MOVES else "township_officer"
        moves.append(DemoMove(state, to_state, datetime.date.fromordinal(on), role, reason))
        happened[to_state] = max(on, happened.get(to_state, 0))
        state = to_state
    return Life(
        datetime.date.fromordinal(start),
        datetime.date.fromordinal(finish),
        datetime.date.fromordinal(begun) if "under_construction" in happened else None,
        datetime.date.fromordinal(done) if "completed" in happened else None,
        state,
        _progress(state, begun, done, happened, today),
        tuple(moves),
        happened,
    )


def _plan(
    kind: str, size: float, year: int, draws: Sequence[float], as_of: datetime.date
) -> tuple[int, int]:
    """Planned start and finish as day numbers: spring to winter, some of the last year later."""
    least, more = DURATION[kind]
    days = round(least + more * min(size, 8.0) + 40 * draws[0])
    first = datetime.date(year, 3, 1).toordinal()
    if year >= as_of.year and draws[2] > 0.58:
        start = first + 150 + round(165 * draws[1])
        return start, start + days
    start = first + round(105 * draws[1])
    last = datetime.date(year, 12, 20).toordinal() - round(30 * draws[10])
    return start, min(start + days, last)


def _slip(which: float, much: float) -> int:
    """Days that the work takes longer than planned: mostly none, sometimes months."""
    if which < 0.66:
        return round(-16 * much)
    if which < 0.85:
        return 1 + round(24 * much)
    return 32 + round(85 * much)


def _steps(
    begun: int, done: int, draws: Sequence[float], *, must_finish: bool
) -> list[tuple[str, int, str]]:
    """All moves in order with their days, if nothing ended them early."""
    contracted = begun - 5 - round(14 * draws[11])
    days = (
        contracted - 112 - round(30 * draws[12]),
        contracted - 76 - round(20 * draws[13]),
        contracted - 48 - round(12 * draws[14]),
        contracted - 28 - round(8 * draws[15]),
        contracted,
    )
    steps = [(state, on, "") for state, on in zip(BEFORE_WORK, days, strict=True)]
    steps.append(("under_construction", begun, ""))
    middle = begun + round((done - begun) * (0.35 + 0.35 * draws[16]))
    if draws[17] > 0.93:
        reason = SUSPENSIONS[int(draws[16] * len(SUSPENSIONS))]
        again = middle + round((done - middle) * 0.6)
        steps.append(("suspended", middle, reason))
        steps.append(("under_construction", again, "具备复工条件"))
    if draws[18] > 0.985 and not must_finish:
        reason = CANCELLATIONS[int(draws[16] * len(CANCELLATIONS))]
        early = [step for step in steps if step[1] < middle]
        return [*early, ("cancelled", middle, reason)]
    steps.append(("completed", done, ""))
    checked = done + 14 + round(30 * draws[19])
    if draws[20] > 0.92:
        reason = FINDINGS[int(draws[16] * len(FINDINGS))]
        steps.append(("rectifying", checked, reason))
        checked += 16 + round(14 * draws[16])
        steps.append(("completed", checked, ""))
        checked += 9
    after = (checked, checked + 50 + round(110 * draws[21]), 0, 0)
    handed = after[1] + 18 + round(40 * draws[22])
    after = (after[0], after[1], handed, handed + 25 + round(60 * draws[23]))
    last = 1 if draws[9] > 0.93 else 2 if draws[9] > 0.84 else 3 if draws[9] > 0.68 else 4
    steps += [(state, on, "") for state, on in zip(AFTER_WORK[:last], after[:last], strict=True)]
    return steps


def _progress(state: str, begun: int, done: int, happened: dict[str, int], today: int) -> int:
    if "completed" in happened:
        return 100
    if "under_construction" not in happened:
        return 0
    if state == "suspended":
        today = min(today, happened["suspended"])
    if state == "cancelled":
        today = min(today, happened["cancelled"])
    return max(2, min(97, round(100 * (today - begun) / max(done - begun, 1))))


def milestones_of(
    life: Life, responsible: Sequence[str], *, short: bool
) -> tuple[DemoMilestone, ...]:
    """Nodes with due and done days; `responsible` are lead, township and contractor keys."""
    lead, township, contractor = responsible
    found = []
    for kind, state, shift in MILESTONES:
        if short and kind in ("shortlist", "design", "tender", "preliminary_acceptance"):
            continue
        anchor = life.planned_start if shift < 0 or kind == "start" else life.planned_finish
        on = life.happened.get(state)
        if state == "rectifying_or_accepted":
            on = life.happened.get("rectifying", life.happened.get("accepted"))
        if kind == "finish" and life.actual_finish:
            on = life.actual_finish.toordinal()
        if kind == "start" and life.actual_start:
            on = life.actual_start.toordinal()
        body = (
            contractor or township
            if kind in ("start", "finish")
            else (township if kind in ("proposal", "tender", "preliminary_acceptance") else lead)
        )
        found.append(
            DemoMilestone(
                kind,
                anchor + datetime.timedelta(days=shift),
                datetime.date.fromordinal(on) if on else None,
                body,
            )
        )
    return tuple(found)


def entries_of(
    life: Life,
    at: Sequence[object],
    draws: Sequence[float],
    as_of: datetime.date,
    *,
    every_days: int,
) -> tuple[DemoEntry, ...]:
    """Reports from the start of work to the day or the finish, growing, with a place.

    `at` are points of the site to take turns with.
    """
    if life.actual_start is None:
        return ()
    begun = life.actual_start.toordinal()
    pause = [life.happened[s] for s in ("suspended", "cancelled") if life.state == s]
    last = min([as_of.toordinal(), *pause])
    if life.actual_finish:
        last = life.actual_finish.toordinal()
    last = quiet_since(life, draws, last)
    days = list(range(begun + every_days - round(8 * draws[12]), last - 6, every_days))[:9]
    found = []
    for number, day in enumerate(days):
        percent = round(life.progress * ((day - begun) / max(last - begun, 1)) ** 1.15)
        found.append(_entry(day, percent, at[number % len(at)], draws[13 + number % 8]))
    found.append(_entry(last, life.progress, at[-1], draws[14]))
    return tuple(found)


def quiet_since(life: Life, draws: Sequence[float], last: int) -> int:
    """Return the day of the last report: some sites at work have been quiet for weeks."""
    begun = life.actual_start.toordinal() if life.actual_start else last
    if life.state != "under_construction" or draws[21] <= 0.92:
        return last
    return max(min(last, begun + 12), last - 34 - round(45 * draws[22]))


def _entry(day: int, percent: int, point: object, draw: float) -> DemoEntry:
    phase = "完工,具备验收条件" if percent == 100 else PHASES[min(percent * len(PHASES) // 100, 5)]
    return DemoEntry(
        datetime.date.fromordinal(day),
        percent,
        phase,
        point,  # type: ignore[arg-type]
        round(3 + 9 * draw, 1),
    )
