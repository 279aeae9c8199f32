"""What the page of one agreement shows: who does what, where, and for which money."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assets.functions import PartBetween
from assets.models import Asset
from maintenance.agreement_sums import price_of_a_year
from maintenance.agreement_terms import required_roles
from maintenance.kinds import (
    OPEN_ORDER_STATES,
    AgreementState,
    PartyRole,
    PaymentState,
)
from maintenance.models import (
    Agreement,
    AgreementParty,
    AgreementScope,
    PaymentRequest,
    UpkeepPost,
    WorkOrder,
)
from maintenance.parties import office_of, roles_in
from maintenance.posts import posts_seen
from maintenance.services.agreement_access import member_role
from sites.access import Scope
from sites.drawing import Drawing, Shape, drawing
from sites.kinds import Kind
from sites.models import Membership

DRAWN = 400
"""Stretches that are drawn; more would not be told apart on a small picture."""
LISTED = 12
"""Stretches that are listed before the reader asks for all."""
DUTIES: dict[str, tuple[Promise, ...]] = {
    PartyRole.CLIENT: (
        _("Sets budget and standard, and pays by assessment"),
        _("Pays nothing without both confirmations"),
    ),
    PartyRole.EXECUTOR: (
        _("Carries out upkeep and repairs, and reports them with photos"),
        _("Does not inspect or confirm own work"),
    ),
    PartyRole.SUPERVISOR: (
        _("Patrols, inspects and scores"),
        _("Does not repair what it scores"),
    ),
    PartyRole.PARTICIPANT: (
        _("Gives labour and access to land, watches daily, reports first"),
        _("Does not score own work"),
    ),
}
"""What each party does and does not: our proposal, shown on the page and in print."""


@dataclass(frozen=True, slots=True)
class SignPower:
    """Whether the viewer can sign for an organisation, and whether as its member."""

    party: AgreementParty
    as_member: bool


@dataclass(frozen=True, slots=True)
class RoleColumn:
    """One column of who does what: the role, its bodies, its duties and its checks."""

    role: PartyRole
    duties: tuple[Promise, ...]
    parties: tuple[AgreementParty, ...]
    to_sign: tuple[SignPower, ...]
    inspects: bool
    confirms: bool
    is_required: bool


@dataclass(frozen=True, slots=True)
class Powers:
    """What the viewer may do with the agreement as it stands."""

    edit: bool = False
    negotiate: bool = False
    return_to_draft: bool = False
    terminate: bool = False
    renew: bool = False
    keepers: bool = False
    posts: bool = False

    @property
    def any(self) -> bool:
        """Whether there is anything to do."""
        return self.edit or self.return_to_draft or self.terminate or self.renew


def powers(scope: Scope, agreement: Agreement) -> Powers:
    """Return what a scope may do: the office in its area, parties what is theirs."""
    is_office = office_of(scope, agreement.area_code) is not None
    roles = roles_in(scope, agreement)
    is_open = agreement.state in {AgreementState.DRAFT, AgreementState.NEGOTIATING}
    is_signed = agreement.state == AgreementState.SIGNED
    binds = is_signed or agreement.state == AgreementState.RENEWED
    return Powers(
        edit=is_office and is_open,
        negotiate=is_office and agreement.state == AgreementState.DRAFT,
        return_to_draft=(is_office or bool(roles))
        and agreement.state == AgreementState.NEGOTIATING,
        terminate=is_office and is_signed,
        renew=is_office
        and is_signed
        and not agreement.renewals.exclude(state=AgreementState.TERMINATED).exists(),
        keepers=binds and (is_office or PartyRole.EXECUTOR in roles),
        posts=binds and (is_office or bool(roles)),
    )


def role_columns(
    scope: Scope, agreement: Agreement, today: datetime.date
) -> tuple[RoleColumn, ...]:
    """Return the columns of who does what, in the order of the roles; two statements."""
    rows = list(
        AgreementParty.objects.filter(agreement=agreement)
        .select_related("organisation", "recorded_by")
        .order_by("organisation__name")
    )
    needed = required_roles(agreement)
    signable = _signable(scope, agreement, rows, today)
    return tuple(
        RoleColumn(
            role=role,
            duties=DUTIES[role],
            parties=tuple(row for row in rows if row.role == role),
            to_sign=tuple(power for power in signable if power.party.role == role),
            inspects=agreement.inspects == role,
            confirms=agreement.confirms == role,
            is_required=role in needed,
        )
        for role in PartyRole
        if role in needed or any(row.role == role for row in rows)
    )


def _signable(
    scope: Scope, agreement: Agreement, rows: list[AgreementParty], today: datetime.date
) -> list[SignPower]:
    """Return for which unsigned parties the viewer can sign, each organisation once."""
    if agreement.state != AgreementState.NEGOTIATING:
        return []
    unsigned = {row.organisation_id: row for row in reversed(rows) if row.signed_on is None}
    is_office = office_of(scope, agreement.area_code) is not None
    clients = {row.organisation_id for row in rows if row.role == PartyRole.CLIENT}
    with_account = set(
        Membership.objects.in_force(today)
        .filter(user__is_active=True, organisations__in=list(unsigned))
        .values_list("organisations", flat=True)
        if is_office
        else ()
    )
    found = []
    for key, row in unsigned.items():
        as_member = member_role(scope, key) is not None
        if as_member or (is_office and (key in clients or key not in with_account)):
            found.append(SignPower(row, as_member))
    return found


@dataclass(frozen=True, slots=True)
class Stretches:
    """What the agreement covers: the rows shown, how many there are, and metres in all."""

    rows: tuple[Any, ...]
    number: int
    assets: int
    length_m: Decimal


def stretches(agreement: Agreement, scope: Scope, *, every: bool) -> Stretches:
    """Return what an agreement covers, each row with `is_known` for who may open the asset."""
    scopes = AgreementScope.objects.filter(agreement=agreement)
    sums = scopes.aggregate(
        number=Count("pk"), assets=Count("asset", distinct=True), length=Sum("length_m")
    )
    rows = scopes.select_related("asset", "asset__road_section__route").defer(
        "asset__geometry",
        "asset__geometry_3857",
        "asset__outline_3857",
        "asset__search_text",
    )
    shown = list(rows.order_by("asset__code", "start_m", "pk")[: None if every else LISTED])
    known = set(
        Asset.objects.visible_to(scope)
        .filter(pk__in={row.asset_id for row in shown})
        .values_list("pk", flat=True)
    )
    for row in shown:
        row.is_known = row.asset_id in known
    return Stretches(tuple(shown), sums["number"], sums["assets"], sums["length"] or Decimal(0))


def scope_drawing(agreement: Agreement) -> Drawing | None:
    """Return a small picture of what is covered: stretches of roads, places of other assets."""
    rows = (
        AgreementScope.objects.filter(agreement=agreement)
        .select_related("asset")
        .only("asset__kind", "asset__name", "asset__name_en", "asset__geometry", "start_m")
        .annotate(
            part=PartBetween(
                F("asset__geometry"),
                F("asset__road_section__start_m"),
                F("asset__road_section__end_m"),
                F("start_m"),
                F("end_m"),
            )
        )[:DRAWN]
    )
    shapes = []
    for row in rows:
        geometry = row.asset.geometry
        if row.asset.kind == Kind.ROAD and row.start_m is not None:
            shapes.append(Shape(geometry, "neighbour"))
            geometry = row.part or geometry
        shapes.append(Shape(geometry, "actual", row.asset.label))
    covered = [shape.geometry for shape in shapes if shape.style == "actual"]
    return drawing(shapes, focus=covered, width=720, height=360)


def money_facts(agreement: Agreement, covered: Stretches) -> dict[str, Any]:
    """Return what is paid: a year at full score, payments and orders as counts."""
    orders = WorkOrder.objects.filter(agreement=agreement).aggregate(
        number=Count("pk"),
        open=Count("pk", filter=Q(state__in=OPEN_ORDER_STATES)),
    )
    payments = PaymentRequest.objects.filter(agreement=agreement).exclude(
        state=PaymentState.CANCELLED
    )
    paid = payments.aggregate(
        number=Count("pk"), paid=Sum("payable", filter=Q(state=PaymentState.PAID))
    )
    return {
        "year": price_of_a_year(agreement, covered.length_m, covered.assets),
        "orders": orders["number"],
        "open_orders": orders["open"],
        "payments": paid["number"],
        "paid": paid["paid"] or Decimal(0),
    }


def page_posts(agreement: Agreement, scope: Scope, month: datetime.date) -> list[UpkeepPost]:
    """Return the agreement's posts with `attended`, their days of the month given by its first."""
    posts = (
        posts_seen(scope)
        .filter(agreement=agreement)
        .select_related("organisation", "asset")
        .annotate(
            attended=Sum("attendance__days", filter=Q(attendance__month=month)),
            attended_in_all=Sum("attendance__days"),
        )
    )
    return list(posts.defer("asset__geometry", "asset__geometry_3857", "asset__outline_3857"))
