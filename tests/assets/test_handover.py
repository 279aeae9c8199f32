"""Handover: prepared, signed by three parties, completed; documents with their files."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assets import document_files
from assets.document_files import (
    DocumentEmpty,
    DocumentTooLarge,
    DocumentTypeUnknown,
    keep_file,
    path_of,
)
from assets.kinds import AssetState
from assets.models import Document, Handover
from assets.services.as_built import as_built_set
from assets.services.documents import document_add
from assets.services.errors import NotReadyForHandover, RecordFixed
from assets.services.handover import (
    PARTIES,
    handover_complete,
    handover_prepare,
    handover_sign,
    handover_update,
)
from assets.services.takeover import asset_from_site
from sites.access import Scope, scope_of
from sites.kinds import State
from sites.services import (
    ConcurrentChange,
    GateNotMet,
    IllegalTransition,
    NotPermitted,
    RefusedByRegister,
)
from tests.factories.acceptance import completed_road, fresh
from tests.factories.records import line

DAY = datetime.date(2026, 9, 1)
INTERNAL = {"actor": None, "scope": Scope.internal()}
BUILT = line((117.05, 31.05), (117.07, 31.0502), (117.0808, 31.05))


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def settled(world, **values):
    return completed_road(world, state=State.SETTLED, **values)


def with_asset(world):
    """A settled site with its as-built line and its asset."""
    site = as_built_set(site=settled(world), geometry=BUILT, **INTERNAL)
    return site, asset_from_site(site=site, **INTERNAL)


def whole(world):
    """A handover to which only the signatures are missing."""
    site, asset = with_asset(world)
    values = {"upkeep_party": world.companies[0], "warranty_until": datetime.date(2028, 9, 1)}
    return site, asset, handover_prepare(site=site, values=values, **INTERNAL)


def signed(handover, parties=PARTIES):
    for party in parties:
        handover = handover_sign(handover=handover, party=party, name="签字人", on=DAY, **INTERNAL)
    return handover


def test_contractor_owner_and_assets_are_proposed(world):
    site, asset = with_asset(world)
    handover = handover_prepare(site=site, **INTERNAL)
    assert handover.from_organisation == world.companies[0]
    assert handover.owner == world.cooperatives[0]
    assert list(handover.assets.all()) == [asset]


@pytest.mark.parametrize("state", [State.COMPLETED, State.RECTIFYING, State.UNDER_CONSTRUCTION])
def test_what_is_not_accepted_is_not_handed_over(world, state):
    with pytest.raises(NotReadyForHandover):
        handover_prepare(site=completed_road(world, state=state), **INTERNAL)


def test_a_site_has_one_handover(world):
    site = settled(world)
    handover_prepare(site=site, **INTERNAL)
    with pytest.raises(NotReadyForHandover):
        handover_prepare(site=site, **INTERNAL)


@pytest.mark.parametrize("role", ["company_member", "association_member", "evaluator"])
def test_only_the_office_prepares_it(world, role):
    user = world.users[role]
    with pytest.raises(NotPermitted):
        handover_prepare(site=settled(world), actor=user, scope=scope_of(user))


def test_assets_of_another_site_are_not_handed_over(world):
    with pytest.raises(RefusedByRegister) as caught:
        handover_prepare(site=settled(world), assets=[world.own_asset], **INTERNAL)
    assert caught.value.errors[0][1] == "asset_of_other_site"


def test_completing_lists_everything_that_is_missing(world):
    handover = handover_prepare(site=settled(world, contractor=None), **INTERNAL)
    with pytest.raises(GateNotMet) as caught:
        handover_complete(handover=handover, on=DAY, **INTERNAL)
    assert [code for _field, code, _text in caught.value.errors] == [
        "from_organisation_missing",
        "upkeep_party_missing",
        "warranty_until_missing",
        "from_signed_on_missing",
        "owner_signed_on_missing",
        "upkeep_signed_on_missing",
        "asset_missing",
        "as_built_missing",
    ]


def test_completion_gives_the_asset_to_its_owner_and_moves_the_site(world):
    site, asset, handover = whole(world)
    type(asset).objects.filter(pk=asset.pk).update(state=AssetState.BUILDING)
    done = handover_complete(handover=signed(handover), on=DAY, **INTERNAL)
    asset.refresh_from_db()
    assert done.completed_on == DAY
    assert fresh(site).state == State.HANDED_OVER
    assert (asset.owner, asset.upkeep_party, asset.warranty_until, asset.state) == (
        world.cooperatives[0],
        world.companies[0],
        datetime.date(2028, 9, 1),
        AssetState.IN_SERVICE,
    )


def test_an_unsettled_site_is_not_handed_over(world):
    _site, asset, handover = whole(world)
    signed(handover)
    accepted = completed_road(world, state=State.ACCEPTED)
    Handover.objects.filter(pk=handover.pk).update(site=accepted)
    type(asset).objects.get(pk=asset.pk).sources.update(site=accepted)
    as_built_set(site=accepted, geometry=BUILT, **INTERNAL)
    with pytest.raises(IllegalTransition):
        handover_complete(handover=Handover.objects.get(pk=handover.pk), on=DAY, **INTERNAL)
    assert Handover.objects.get(pk=handover.pk).completed_on is None


def test_only_the_district_completes_it(world):
    _site, _asset, handover = whole(world)
    user = world.users["township_officer"]
    with pytest.raises(NotPermitted):
        handover_complete(handover=signed(handover), on=DAY, actor=user, scope=scope_of(user))


def test_a_body_signs_for_itself_and_for_nobody_else(world):
    _site, _asset, handover = whole(world)
    user = world.users["cooperative_member"]
    by = {"actor": user, "scope": scope_of(user), "name": "社长", "on": DAY}
    assert handover_sign(handover=handover, party="owner", **by).owner_signed_on == DAY
    with pytest.raises(NotPermitted):
        handover_sign(handover=handover, party="upkeep", **by)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"party": "king"}, "unknown_value"), ({"name": " "}, "required")],
)
def test_a_signature_that_cannot_be_is_refused(world, wrong, code):
    _site, _asset, handover = whole(world)
    given = {"party": "owner", "name": "社长", "on": DAY, **wrong}
    with pytest.raises(RefusedByRegister) as caught:
        handover_sign(handover=handover, **given, **INTERNAL)
    assert caught.value.errors[0][1] == code


def test_another_warranty_takes_the_signatures_back(world):
    _site, _asset, handover = whole(world)
    values = {"warranty_until": datetime.date(2029, 9, 1)}
    changed = handover_update(handover=signed(handover), values=values, **INTERNAL)
    assert (changed.owner_signed_on, changed.owner_name) == (None, "")


def test_it_is_not_completed_before_it_was_signed(world):
    _site, _asset, handover = whole(world)
    with pytest.raises(RefusedByRegister) as caught:
        handover_complete(
            handover=signed(handover), on=DAY - datetime.timedelta(days=1), **INTERNAL
        )
    assert caught.value.errors[0][1] == "before_signature"


def test_a_completed_handover_stays_as_it_was_signed(world):
    _site, _asset, handover = whole(world)
    done = handover_complete(handover=signed(handover), on=DAY, **INTERNAL)
    with pytest.raises(RecordFixed):
        handover_update(handover=done, values={"note": "改"}, **INTERNAL)


def test_an_old_version_is_refused(world):
    _site, _asset, handover = whole(world)
    handover_update(handover=handover, values={"note": "先"}, **INTERNAL)
    with pytest.raises(ConcurrentChange):
        handover_update(
            handover=handover,
            values={"note": "后"},
            expected_version=handover.version,
            **INTERNAL,
        )


def test_the_as_built_line_moves_the_one_asset_of_the_site(world):
    site = settled(world)
    asset = asset_from_site(site=site, **INTERNAL)
    as_built_set(site=site, geometry=BUILT, **INTERNAL)
    asset.refresh_from_db()
    assert asset.geometry.equals_exact(BUILT)
    assert fresh(site).actual_geometry.equals_exact(BUILT)


def test_a_point_is_no_as_built_road(world):
    with pytest.raises(RefusedByRegister) as caught:
        as_built_set(site=settled(world), geometry=world.house.planned_geometry, **INTERNAL)
    assert caught.value.errors[0][1] == "wrong_type"


def office_file(*parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in ("[Content_Types].xml", *parts):
            archive.writestr(name, "<x/>")
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"%PDF-1.7 text", ".pdf"),
        (b"\x89PNG\r\n\x1a\nrest", ".png"),
        (b"\xff\xd8\xff\xe0rest", ".jpg"),
        (office_file("word/document.xml"), ".docx"),
        (office_file("xl/workbook.xml"), ".xlsx"),
    ],
)
def test_the_type_of_a_file_is_told_by_its_content(content, ending):
    kept = keep_file([content], name="../../竣工图.exe")
    assert kept.name == f"竣工图{ending}"
    assert path_of(kept.sha256).read_bytes() == content


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"MZ\x90\x00 program",
        b"PK\x03\x04 cut",
        office_file("word/document.xml", "word/vbaProject.bin"),
        office_file("else.xml"),
    ],
)
def test_other_files_are_not_kept(content, tmp_path):
    with pytest.raises(DocumentTypeUnknown):
        keep_file([content], name="a.pdf")
    assert [path for path in (tmp_path / "documents").rglob("*") if path.is_file()] == []


def test_empty_and_large_files_are_not_kept(settings):
    settings.DOCUMENT_MAX_BYTES = 10
    with pytest.raises(DocumentEmpty):
        keep_file([], name="a.pdf")
    with pytest.raises(DocumentTooLarge):
        keep_file([b"%PDF-", b"123456"], name="a.pdf")


def test_who_may_see_the_site_may_read_the_document(world):
    _site, _asset, handover = whole(world)
    document = document_add(
        handover=handover,
        kind="warranty",
        title="保修书",
        file=keep_file([b"%PDF-1.7"], name="保修书.pdf"),
        actor=world.users["district_planner"],
        scope=Scope.internal(),
    )
    client = Client()
    client.force_login(world.users["company_member"])
    answer = client.get(f"/assets/documents/{document.pk}/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_bad_file_is_an_error_of_the_form(world):
    site, _asset, _handover = whole(world)
    client = Client()
    client.force_login(world.users["district_planner"])
    answer = client.post(
        f"/assets/acceptance/{site.pk}/document/",
        {"kind": "other", "title": "x", "file": SimpleUploadedFile("a.pdf", b"<svg/>")},
    )
    assert answer.status_code == 422
    assert not Document.objects.exists()


def test_a_hash_that_is_none_leads_nowhere():
    with pytest.raises(ValueError, match="SHA-256"):
        document_files.path_of("../../etc/passwd")
