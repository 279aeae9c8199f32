"""Rules of agreements that no sequence and no two officers at once may break."""

from __future__ import annotations

import datetime
import threading
from contextlib import suppress
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from maintenance.agreement_terms import BandTerm, PartyTerm, ScopeTerm, ShareTerm, Terms
from maintenance.kinds import BINDING_STATES, FundingSource, PartyRole
from maintenance.models import Agreement, AgreementParty, AgreementScope
from maintenance.services import (
    agreement_create,
    agreement_negotiate,
    agreement_renew,
    agreement_return_to_draft,
    agreement_sign,
    agreement_terminate,
    agreement_update,
)
from maintenance.services.agreement_parts import band_problems, party_problems, share_problems
from sites.access import Scope, scope_of
from sites.models import Organisation
from sites.services import ServiceError
from tests.factories import (
    OrganisationFactory,
    RouteFactory,
    build_world,
    draft_agreement,
    move_agreement,
    section,
    signed_agreement,
    township_government,
)

TODAY = timezone.localdate()
NOW = timezone.now()
ONE_DAY = datetime.timedelta(days=1)
PERCENT = st.decimals(
    min_value=Decimal("0.001"), max_value=100, places=3, allow_nan=False, allow_infinity=False
)


@given(st.lists(st.tuples(st.sampled_from(FundingSource.values), PERCENT), max_size=6))
def test_shares_are_taken_exactly_when_they_sum_to_one_hundred(given_shares):
    shares = [ShareTerm(source, percent) for source, percent in given_shares]
    sources = [share.source for share in shares]
    right = not shares or (
        sum(share.percent for share in shares) == 100 and len(set(sources)) == len(sources)
    )
    assert (share_problems(shares) == []) == right


@given(st.lists(st.integers(1, 99_999), min_size=1, max_size=8, unique=True))
def test_any_exact_division_of_one_hundred_is_taken(cuts):
    borders = [0, *sorted(cuts), 100_000]
    parts = [Decimal(b - a) / 1000 for a, b in pairwise(borders)]
    sources = FundingSource.values[: len(parts)]
    shares = [ShareTerm(s, p) for s, p in zip(sources, parts, strict=True)]
    assert share_problems(shares) == []
    short = [*shares[:-1], ShareTerm(sources[-1], shares[-1].percent - Decimal("0.001"))]
    assert share_problems(short) != []


@given(st.lists(st.tuples(st.integers(-10, 110), st.integers(-1, 3)), max_size=6))
def test_a_coefficient_table_gives_every_score_exactly_one_coefficient(rows):
    bands = [BandTerm(Decimal(score), Decimal(value)) for score, value in rows]
    scores = [score for score, _value in rows]
    right = not bands or (
        0 in scores
        and len(set(scores)) == len(scores)
        and all(0 <= score <= 100 and 0 <= value <= 2 for score, value in rows)
    )
    assert (band_problems(bands) == []) == right


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(PartyRole.values)), max_size=8))
def test_no_list_of_parties_puts_a_body_on_both_sides(rows):
    bodies = [Organisation(pk=f"00000000-0000-0000-0000-00000000000{n}") for n in range(4)]
    parties = [PartyTerm(bodies[number], role) for number, role in rows]
    both = any(
        {"executor", "supervisor"} <= {role for number, role in rows if number == body}
        for body in range(4)
    )
    right = not both and len(set(rows)) == len(rows)
    assert (party_problems(parties) == []) == right


@pytest.fixture
def district(world):
    """A section, its parties without accounts, for whom the office signs, and that office."""
    bodies = {
        role: OrganisationFactory(kind=kind, name=role)
        for role, kind in (
            ("executor", "company"),
            ("supervisor", "association"),
            ("participant", "cooperative"),
        )
    }
    bodies["client"] = township_government(world.townships[0])
    road = section(RouteFactory(), 0, 1000, world.villages[0], west=117.03)
    return road, bodies, scope_of(world.users["township_officer"]), world


def _terms(district, number, start, end, shift):
    road, bodies, _scope, world = district
    first = TODAY + ONE_DAY * 30 * shift
    return Terms(
        values={
            "number": number,
            "name": number,
            "model": "three_party",
            "area": world.townships[0],
            "starts_on": first,
            "ends_on": first + ONE_DAY * 40,
            "price_basis": "per_km_year",
            "unit_price": Decimal(3000),
        },
        parties=[PartyTerm(body, role) for role, body in bodies.items()],
        scopes=[ScopeTerm(road, "routine", Decimal(start * 100), Decimal(end * 100))],
        shares=[ShareTerm("district", Decimal(100))],
        bands=[BandTerm(Decimal(0), Decimal(1))],
    )


def _negotiate(common, **_rest):
    agreement_negotiate(**common, at=NOW)


def _return(common, **_rest):
    agreement_return_to_draft(**common, at=NOW, reason="x")


def _terminate(common, *, shift, **_rest):
    on = common["agreement"].starts_on + ONE_DAY * 10 * (shift + 3)
    agreement_terminate(**common, at=NOW, reason="x", on=on)


def _renew(common, *, shift, terms, **_rest):
    first = common["agreement"].ends_on + ONE_DAY * (1 + min(shift, 1))
    agreement_renew(**common, number=terms.values["number"], starts_on=first)


def _rescope(common, *, terms, **_rest):
    version = common["agreement"].version
    agreement_update(**common, terms=Terms(scopes=terms.scopes), expected_version=version)


def _sign(common, *, bodies, **_rest):
    for body in bodies.values():
        with suppress(ServiceError):
            agreement_sign(**common, organisation=body, signatory="甲", on=TODAY, at=NOW)


def _conclude(common, **rest):
    with suppress(ServiceError):
        _negotiate(common)
    _sign(common, **rest)


STEPS = {
    "conclude": _conclude,
    "negotiate": _negotiate,
    "return": _return,
    "terminate": _terminate,
    "renew": _renew,
    "rescope": _rescope,
    "sign": _sign,
}


STEP = st.tuples(
    st.sampled_from(["create", "create", "conclude", "conclude", *STEPS]),
    st.integers(0, 5),
    st.integers(0, 9),
    st.integers(1, 10),
    st.integers(-3, 3),
)


def _step(district, name, which, start, length, shift, counter):
    """Try one step; what is refused changes nothing."""
    _road, bodies, scope, _world = district
    terms = _terms(district, f"N-{counter}", start, min(start + length, 10), shift)
    agreements = list(Agreement.objects.order_by("number"))
    if name == "create" or not agreements:
        agreement_create(terms=terms, actor=None, scope=scope)
        return
    common = {"agreement": agreements[which % len(agreements)], "actor": None, "scope": scope}
    STEPS[name](common, shift=shift, terms=terms, bodies=bodies)


def _check_rules():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    scopes = list(AgreementScope.objects.filter(is_binding=True).select_related("agreement"))
    for one, other in combinations(scopes, 2):
        together = one.valid_from <= other.valid_to and other.valid_from <= one.valid_to
        on_a_metre = one.start_m < other.end_m and other.start_m < one.end_m
        assert not (together and on_a_metre), (one.agreement, other.agreement)
    for agreement in Agreement.objects.all():
        moves = list(agreement.changes.order_by("id").values_list("from_state", "to_state"))
        states = ["draft", *(to for _from, to in moves)]
        assert [before for before, _to in moves] == states[:-1]
        assert states[-1] == agreement.state
        if agreement.state in BINDING_STATES:
            assert sum(share.percent for share in agreement.shares.all()) == 100
            assert not agreement.parties.filter(signed_on__isnull=True).exists()
    both = AgreementParty.objects.filter(role="executor").values_list("agreement", "organisation")
    for agreement, organisation in both:
        supervisors = AgreementParty.objects.filter(agreement=agreement, role="supervisor")
        assert not supervisors.filter(organisation=organisation).exists()


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEP, min_size=6, max_size=20))
def test_no_sequence_covers_a_metre_twice_or_leaves_a_gap_in_the_history(district, steps):
    with transaction.atomic():
        for counter, (name, which, start, length, shift) in enumerate(steps):
            with suppress(ServiceError):
                _step(district, name, which, start, length, shift, counter)
        _check_rules()
        event(f"binding: {AgreementScope.objects.filter(is_binding=True).count()}")
        transaction.set_rollback(True)


def test_the_database_itself_refuses_two_agreements_on_one_metre(world):
    road = section(RouteFactory(), 0, 1000, world.villages[0], west=117.03)
    signed_agreement(world, assets=[(road, 0, 500)])
    other = draft_agreement(world, assets=[(road, 499, 600)])
    with pytest.raises(IntegrityError), transaction.atomic():
        move_agreement(other, "signed")
    touching = draft_agreement(world, assets=[(road, 500, 600)])
    assert move_agreement(touching, "signed").state == "signed"


@pytest.mark.parametrize("part", ["shares", "bands", "parties", "scopes"])
def test_the_database_refuses_to_change_what_was_signed(world, part):
    agreement = signed_agreement(world, assets=[world.own_asset])
    with pytest.raises(IntegrityError), transaction.atomic():
        getattr(agreement, part).first().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        agreement.scopes.update(end_m=600)
    agreement.scopes.update(keeper_name="钱七")


@pytest.mark.parametrize("stretch", [{"start_m": 0}, {"end_m": 100}])
def test_a_stretch_has_both_ends_or_none(world, stretch):
    agreement = draft_agreement(world)
    days = {"valid_from": agreement.starts_on, "valid_to": agreement.ends_on}
    with pytest.raises(IntegrityError), transaction.atomic():
        agreement.scopes.create(asset=world.own_asset, **days, **stretch)


@pytest.mark.django_db(transaction=True)
def test_two_last_signatures_at_once_bind_one_agreement_only():
    """Both agreements cover the same metre; each lacks one signature, given at the same moment."""
    world = build_world()
    road = section(RouteFactory(), 0, 1000, world.villages[0], west=117.03)
    client = township_government(world.townships[0])
    agreements = [draft_agreement(world, assets=[(road, 0, 600)]) for _number in range(2)]
    for agreement in agreements:
        move_agreement(agreement, "negotiating")
        others = AgreementParty.objects.filter(agreement=agreement).exclude(role="client")
        others.update(signatory="甲", signed_on=TODAY)
    gate = threading.Barrier(2)
    answers = []

    def sign(agreement):
        try:
            gate.wait()
            signed = agreement_sign(
                agreement=agreement,
                organisation=client,
                signatory="乙",
                on=TODAY,
                actor=None,
                scope=Scope.internal(),
                at=NOW,
            )
            answers.append(signed.state)
        except ServiceError as error:
            answers.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=sign, args=[agreement]) for agreement in agreements]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["invalid", "signed"]
    assert AgreementScope.objects.filter(is_binding=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_signatures_of_one_agreement_at_once_both_count():
    world = build_world()
    road = section(RouteFactory(), 0, 1000, world.villages[0], west=117.03)
    client = township_government(world.townships[0])
    agreement = draft_agreement(world, assets=[road])
    move_agreement(agreement, "negotiating")
    parties = AgreementParty.objects.filter(agreement=agreement)
    parties.filter(role__in=["supervisor", "participant"]).update(signatory="甲", signed_on=TODAY)
    gate = threading.Barrier(2)
    callers = [
        (client, Scope.internal()),
        (world.companies[0], scope_of(world.users["company_member"])),
    ]

    def sign(organisation, scope):
        try:
            gate.wait()
            agreement_sign(
                agreement=agreement,
                organisation=organisation,
                signatory="乙",
                on=TODAY,
                actor=None,
                scope=scope,
                at=NOW,
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=sign, args=caller) for caller in callers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    agreement.refresh_from_db()
    assert agreement.state == "signed"
    assert agreement.changes.filter(to_state="signed").count() == 1
