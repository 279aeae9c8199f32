"""What the elements of the dashboard count, and how groups are summed to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_FLOOR, Decimal
from typing import Self

from funding.kinds import Stage
from reports.dashboard.kinds import Rank
from reports.dashboard.reads import ZERO, MoneyGroup, SiteGroup
from sites.kinds import Delay

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of some sites and of the money beside them, in km, households, people and yuan."""

    sites: int = 0
    finished: int = 0
    lights: Mapping[str, int] = field(default_factory=dict)
    quiet: int = 0
    planned_km: Decimal = ZERO
    finished_km: Decimal = ZERO
    households: Decimal = ZERO
    people: Decimal = ZERO
    money: Mapping[str, Decimal] = field(default_factory=dict)

    def with_sites(self, group: SiteGroup) -> Self:
        """Return the tally with a group of sites added."""
        lights = {**self.lights, group.light: self.lights.get(group.light, 0) + group.sites}
        return replace(
            self,
            sites=self.sites + group.sites,
            finished=self.finished + group.finished,
            lights=lights,
            quiet=self.quiet + group.quiet,
            planned_km=self.planned_km + group.planned_km,
            finished_km=self.finished_km + group.finished_km,
            households=self.households + group.finished_households,
            people=self.people + group.finished_people,
        )

    def with_money(self, group: MoneyGroup) -> Self:
        """Return the tally with a group of money added."""
        amount = self.money.get(group.stage, ZERO) + group.amount
        return replace(self, money={**self.money, group.stage: amount})

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.sites and not any(self.money.values())

    @property
    def finished_percent(self) -> Decimal | None:
        """Finished sites out of all, rounded down so that 100 means all; None without any."""
        return _percent(Decimal(self.finished), Decimal(self.sites))

    @property
    def late(self) -> int:
        """Sites behind plan, slightly or seriously."""
        return self.lights.get(Delay.YELLOW, 0) + self.lights.get(Delay.RED, 0)

    @property
    def green(self) -> int:
        """Sites on schedule, finished ones among them."""
        return self.lights.get(Delay.GREEN, 0)

    @property
    def yellow(self) -> int:
        """Sites slightly late."""
        return self.lights.get(Delay.YELLOW, 0)

    @property
    def red(self) -> int:
        """Sites seriously late."""
        return self.lights.get(Delay.RED, 0)

    @property
    def allocated(self) -> Decimal:
        """Money allocated, in yuan."""
        return self.money.get(Stage.ALLOCATED, ZERO)

    @property
    def paid(self) -> Decimal:
        """Money paid, in yuan."""
        return self.money.get(Stage.PAID, ZERO)

    @property
    def paid_percent(self) -> Decimal | None:
        """Paid out of the allocated money; None where nothing was allocated."""
        return _percent(self.paid, self.allocated)

    def measure(self, rank: str) -> Decimal | None:
        """Return the number by which a unit is ranked; None where it is not defined."""
        return {
            Rank.FINISHED: self.finished_percent,
            Rank.KILOMETRES: self.finished_km,
            Rank.LATE: Decimal(self.late),
            Rank.PAID: self.paid,
            Rank.PAID_SHARE: self.paid_percent,
        }[Rank(rank)]


def tally_of(sites: Iterable[SiteGroup], money: Iterable[MoneyGroup] = ()) -> Tally:
    """Return all groups in one."""
    tally = Tally()
    for group in sites:
        tally = tally.with_sites(group)
    for entry in money:
        tally = tally.with_money(entry)
    return tally


def _percent(part: Decimal, whole: Decimal) -> Decimal | None:
    return (part * 100 / whole).quantize(TENTH, ROUND_FLOOR) if whole else None
