"""Pages of money: what they show, take and refuse."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from funding.models import Contract, FallbackCommitment, LedgerEntry, OfficialDocument, Reserve
from sites.identifiers import new_id
from sites.models import Target
from tests.factories.funding import booked, signed_contract, source_of

pytestmark = pytest.mark.django_db

LISTS = (
    "/funding/",
    "/funding/report/",
    "/funding/ledger/",
    "/funding/contracts/",
    "/funding/documents/",
    "/funding/reserves/",
    "/funding/fallbacks/",
)


@pytest.fixture
def planner(world):
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.users["district_planner"])
    return client


def given(**values):
    """What the form of a booking sends."""
    today = timezone.localdate().isoformat()
    return {
        "id": str(new_id()),
        "source": str(source_of().pk),
        "stage": "budget",
        "kind": "entry",
        "amount": "12.34",
        "booked_on": today,
        **values,
    }


def test_a_booking_through_the_page_is_one_entry_also_when_sent_twice(world, planner):
    sent = given(site=world.own.code)
    for _time in range(2):
        answer = planner.post("/funding/ledger/new/", sent)
        assert answer.status_code == 302
    entry = LedgerEntry.objects.get()
    assert (entry.amount, entry.site) == (Decimal("12.34"), world.own)
    assert entry.recorded_by == world.users["district_planner"]
    assert "12.34" in planner.get(answer["Location"]).content.decode()


def test_a_payment_beyond_the_limit_says_how_much_and_is_booked_with_a_reason(world, planner):
    sent = given(site=world.own.code, stage="paid")
    refused = planner.post("/funding/ledger/new/", sent)
    assert refused.status_code == 422
    assert "12.34 yuan too much" in refused.content.decode()
    sent["override_reason"] = "抢险先付"
    assert planner.post("/funding/ledger/new/", sent).status_code == 302


def test_an_entry_is_reversed_on_its_page(world, planner):
    entry = booked(world, "10.00", stage="budget")
    address = f"/funding/ledger/{entry.pk}/"
    assert planner.post(address, {"reason": ""}).status_code == 422
    assert planner.post(address, {"reason": "录错"}).status_code == 302
    assert planner.post(address, {"reason": "录错"}).status_code == 422
    assert LedgerEntry.objects.get(reverses=entry).amount == Decimal("-10.00")


def test_every_number_of_the_overview_opens_entries_with_that_sum(world, planner):
    booked(world, "100.01", source="central", upto=True)
    booked(world, "50.00", source="province", upto=True)
    body = planner.get("/funding/").content.decode()
    assert "/funding/ledger/?stage=paid&amp;level=central,province" in body
    answer = planner.get("/funding/ledger/?stage=paid&level=central,province")
    assert [total for _stage, total in answer.context["sums"]] == [Decimal("150.01")]


def test_the_report_as_table_file_sums_to_the_page(world, planner):
    booked(world, "100.01", source="central", upto=True)
    booked(world, "7.99", source="donation", site=world.sibling, upto=True)
    page = planner.get("/funding/report/")
    assert page.context["total"] == Decimal("108.00")
    text = planner.get("/funding/report/?format=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert sum(Decimal(row[-1]) for row in rows[1:]) == Decimal("108.00")
    sheet = planner.get("/funding/report/?format=xlsx&stage=allocated")
    assert sheet.content.startswith(b"PK")


@pytest.mark.parametrize(
    "query",
    [
        "stage=spent",
        "level=x",
        "year=20231",
        "area=abc",
        "site=1",
        "from=2023-13-01",
        "cursor=zzz",
        "override=maybe",
        "no=1",
        "programme=%00",
    ],
)
def test_a_wrong_parameter_is_named_with_400(world, planner, query):
    for path in ("/funding/ledger/", "/api/v1/funding"):
        answer = planner.get(f"{path}?{query}")
        assert answer.status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"amount": 12.34},
        {"amount": "NaN"},
        {"amount": "1e3"},
        {"amount": "-1.00"},
        {"amount": "0.00"},
        {"amount": "0.001"},
        {"amount": "99999999999999999.00"},
        {"stage": "spent"},
        {"kind": "reversal"},
        {"booked_on": "2999-01-01"},
        {"booked_on": "2023-02-30"},
        {"id": "1"},
        {"site": "00000000-0000-0000-0000-000000000000"},
        {"source": "nobody"},
        {"unknown": 1},
        {"note": 7},
        {"note": "\x00"},
    ],
)
def test_a_bad_booking_is_refused_over_the_api(world, planner, body):
    whole = {
        "site": str(world.own.pk),
        "source": "district",
        "stage": "budget",
        "amount": "1.00",
        "booked_on": "2023-06-30",
    }
    sent = {**whole, **body} if body else {}
    answer = planner.post("/api/v1/funding", sent, content_type="application/json")
    assert answer.status_code == (400 if body == {"note": "\x00"} else 422), answer.content
    assert answer.json()["errors"]
    assert LedgerEntry.objects.count() == 0


def test_a_document_comes_with_its_file_and_gives_it_back(world, planner, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    sent = {
        "area": str(world.district.pk),
        "kind": "approval",
        "number": "区人常〔2023〕9号",
        "title": "决议",
        "issued_on": "2023-12-18",
    }
    bad = {**sent, "file": SimpleUploadedFile("x.pdf", b"MZ no document")}
    assert planner.post("/funding/documents/", bad).status_code == 422
    assert OfficialDocument.objects.count() == 0
    good = {**sent, "file": SimpleUploadedFile("决议.pdf", b"%PDF-1.7 text")}
    assert planner.post("/funding/documents/", good).status_code == 302
    document = OfficialDocument.objects.get()
    answer = planner.get(f"/funding/documents/{document.pk}/file/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 text"
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_contract_from_its_form_to_its_settlement(world, planner):
    sent = {
        "number": "HT-9",
        "name": "施工合同",
        "programme": str(world.programme.pk),
        "area": str(world.villages[0].pk),
        "client": str(world.cooperatives[0].pk),
        "contractor": str(world.companies[0].pk),
        "amount": "100000.00",
        "signed_on": "2023-03-01",
        "sites": f"{world.own.code} 90000.00",
    }
    wrong = {**sent, "sites": world.sibling.code}
    assert planner.post("/funding/contracts/new/", wrong).status_code == 422
    assert planner.post("/funding/contracts/new/", sent).status_code == 302
    contract = Contract.objects.get()
    address = f"/funding/contracts/{contract.pk}/"
    vary = {
        "action": "vary",
        "amount": "5000.00",
        "reason": "增加边沟",
        "approved_on": "2023-05-01",
    }
    assert planner.post(address, vary).status_code == 302
    settle = {
        "action": "settle",
        "submitted": "105000.00",
        "approved": "99750.00",
        "settled_on": "2023-11-01",
    }
    assert planner.post(address, settle).status_code == 302
    assert planner.post(address, settle).status_code == 422
    told = planner.get(address).content.decode()
    assert "5.00 %" in told
    booked(world, "200000.00", stage="released", upto=True)
    over = given(site=world.own.code, stage="paid", amount="99750.01")
    refused = planner.post(f"/funding/ledger/new/?contract={contract.pk}", over)
    assert refused.status_code == 422
    assert "0.01" in refused.content.decode()
    edited = {**sent, "amount": "1.00", "version": contract.version}
    assert planner.post(f"{address}edit/", edited).status_code == 422


def test_a_reserve_is_a_share_of_a_budget_and_is_not_overdrawn(world, planner):
    sent = {
        "area": str(world.district.pk),
        "year": "2023",
        "name": "预留",
        "budget": "1000.10",
        "percent": "5.00",
    }
    assert planner.post("/funding/reserves/", sent).status_code == 302
    reserve = Reserve.objects.get()
    assert reserve.amount == Decimal("50.01")
    draw = {
        "programme": str(world.programme.pk),
        "reason": "new_item",
        "amount": "50.02",
        "drawn_on": "2023-06-01",
    }
    address = f"/funding/reserves/{reserve.pk}/"
    assert planner.post(address, draw).status_code == 422
    assert planner.post(address, {**draw, "amount": "50.01"}).status_code == 302
    assert planner.post(address, {**draw, "amount": "-50.02"}).status_code == 422
    assert planner.post(address, {**draw, "amount": "-50.01"}).status_code == 302


def test_a_fallback_is_computed_approved_and_printed_on_its_pages(world, planner):
    """One kilometre assigned, the world's public road verified: the page computes the gap."""
    programme = world.programme
    programme.unit = "site"
    programme.save()
    Target.objects.create(programme=programme, area=world.district, year=programme.year, assigned=0)
    type(world.public).objects.filter(pk=world.public.pk).update(year=programme.year)
    sent = {
        "programme": str(programme.pk),
        "area": str(world.district.pk),
        "unit_cost": "20000.00",
        "other_sources": "5000.00",
    }
    answer = planner.post("/funding/fallbacks/", sent)
    assert answer.status_code == 302, answer.context["form"].errors
    fallback = FallbackCommitment.objects.get()
    assert fallback.amount == Decimal("15000.00")
    document = OfficialDocument.objects.create(
        area=world.district, kind="approval", number="9号", title="决议", issued_on="2023-12-01"
    )
    approve = {"action": "approve", "approval": str(document.pk), "approved_on": "2023-12-02"}
    assert planner.post(answer["Location"], approve).status_code == 302
    printed = planner.get(f"{answer['Location']}print/").content.decode()
    assert "15,000.00" in printed
    assert "9号" in printed


def test_lists_need_no_more_statements_for_more_rows(world, planner):
    counts = []
    for number in range(2):
        for place in range(3):
            contract = signed_contract(world, number=f"HT-{number}-{place}")
            booked(world, "10.00", upto=True, contract=contract)
        found = []
        for path in (*LISTS, "/api/v1/funding", "/api/v1/contracts", f"/sites/{world.own.pk}/"):
            with CaptureQueriesContext(connection) as queries:
                assert planner.get(path).status_code == 200
            found.append((path, len(queries)))
        counts.append(found)
    assert counts[0] == counts[1]
