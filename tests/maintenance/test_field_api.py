"""Duties, inspections, defects, claims and public reports over HTTP."""

from __future__ import annotations

import datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from maintenance.models import Defect, PublicReport, UpkeepSchedule, WorkOrder
from tests.factories.field import on_road, opened, proposals, public_report, reported, standard
from tests.factories.maintenance import signed_agreement
from tests.factories.photos import kept_photo
from tests.sites.api.conftest import Caller

pytestmark = pytest.mark.django_db
V1 = "/api/v1"
PUBLIC = "/api/public/v1/reports"


@pytest.fixture(autouse=True)
def standards(world):
    proposals()


@pytest.fixture
def agreement(world):
    return signed_agreement(world, assets=[world.own_asset])


@pytest.fixture
def as_(world):
    return {name: Caller(user) for name, user in world.users.items()}


@pytest.fixture
def visitor():
    return Caller()


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def moment(hours=1):
    return (timezone.now() - datetime.timedelta(hours=hours)).isoformat()


def defect_body(world, **properties):
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [on_road(300).x, 31.05]},
        "properties": {
            "asset": str(world.own_asset.pk),
            "kind": "pothole",
            "severity": "serious",
            "found_at": moment(),
            **properties,
        },
    }


class TestDefects:
    def test_a_defect_is_reported_read_and_verified(self, world, agreement, as_):
        sent = as_["cooperative_member"].post(f"{V1}/defects", defect_body(world))
        assert sent.status_code == 201, sent.content
        feature = sent.json()
        assert feature["geometry"]["coordinates"] == pytest.approx([on_road(300).x, 31.05])
        shown = feature["properties"]
        assert shown["state"] == "reported"
        assert shown["chainage"].startswith("K0+")
        assert shown["agreement"] == str(agreement.pk)
        address = f"{V1}/defects/{feature['id']}"
        etag = as_["association_member"].get(address).headers["ETag"]
        moved = as_["association_member"].post(
            f"{address}/moves", {"to_state": "verified"}, etag=etag
        )
        assert moved.json()["properties"]["state"] == "verified"
        stale = as_["association_member"].post(
            f"{address}/moves", {"to_state": "rejected", "reason": "-"}, etag=etag
        )
        assert stale.status_code == 412
        (change,) = as_["company_member"].get(f"{address}/moves").json()["items"]
        assert (change["to_state"], change["role"]) == ("verified", "association_member")

    def test_the_same_defect_sent_twice_is_one(self, world, agreement, as_):
        body = {**defect_body(world), "id": str(uuid4())}
        first = as_["company_member"].post(f"{V1}/defects", body)
        again = as_["company_member"].post(f"{V1}/defects", body)
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json()["id"] == again.json()["id"] == body["id"]
        other = {**body, "properties": {**body["properties"], "kind": "crack"}}
        assert as_["company_member"].post(f"{V1}/defects", other).status_code == 409

    def test_a_competitor_learns_nothing(self, world, agreement):
        from sites.kinds import Role
        from tests.factories import member

        rival = Caller(
            member(Role.COMPANY_MEMBER, organisations=[world.companies[1]], username="rival")
        )
        defect = reported(world)
        for address in ("", "/moves", "/nearby"):
            assert rival.get(f"{V1}/defects/{defect.pk}{address}").status_code == 404
        assert rival.get(f"{V1}/defects").json()["features"] == []
        refused = rival.post(f"{V1}/defects", defect_body(world))
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (
            422,
            "properties.asset",
        )

    def test_filters_mean_what_they_say(self, world, agreement, as_):
        reported(world, point=on_road(300), severity="serious")
        old = reported(world, kind="crack", found_at=timezone.now() - datetime.timedelta(days=9))
        planner = as_["district_planner"]

        def numbers(query):
            answer = planner.get(f"{V1}/defects?{query}")
            assert answer.status_code == 200, answer.content
            return {feature["properties"]["number"] for feature in answer.json()["features"]}

        assert numbers("overdue=1") == {old.number}
        assert numbers("kind=crack") == {old.number}
        assert len(numbers("open=1")) == 2
        assert numbers("open=0") == set()
        assert len(numbers(f"route={world.own_asset.road_section.route.route_no}")) == 2
        assert len(numbers(f"agreement={agreement.pk}&area=340199100")) == 2
        assert len(numbers("bbox=117.0,31.0,117.1,31.1")) == 2
        assert numbers("bbox=116.0,31.0,116.1,31.1") == set()
        assert numbers("updated_since=2099-01-01T00:00:00Z") == set()

    @pytest.mark.parametrize(
        "query",
        ["state=lost", "severity=9", "bbox=1,2", "overdue=maybe", "asset=x", "route=!", "colour=1"],
    )
    def test_wrong_parameters_are_named(self, as_, query):
        answer = as_["district_planner"].get(f"{V1}/defects?{query}")
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["field"] == query.split("=")[0]

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"found_at": "yesterday"}, "properties.found_at"),
            ({"found_at": "2999-01-01T00:00:00Z"}, "found_at"),
            ({"kind": 7}, "properties.kind"),
            ({"chainage_m": "K1"}, "properties.chainage_m"),
            ({"chainage_m": 99999}, "properties.chainage_m"),
            ({"chainage_m": -1}, "properties.chainage_m"),
            ({"source": "public"}, "properties.source"),
            ({"description": "x" * 2001}, "properties.description"),
            ({"asset": "x"}, "properties.asset"),
            ({"state": "closed", "nothing": 1}, "properties.nothing"),
            ({"add_photos": [str(uuid4())]}, "properties.add_photos"),
        ],
    )
    def test_bad_values_are_refused_by_field(self, world, agreement, as_, change, field):
        answer = as_["township_officer"].post(f"{V1}/defects", defect_body(world, **change))
        assert answer.status_code == 422, answer.content
        assert field in {error["field"] for error in answer.json()["errors"]}
        assert not Defect.objects.exists()

    @pytest.mark.parametrize(
        "geometry",
        [
            {"type": "Point", "coordinates": [999, 31]},
            {"type": "Point", "coordinates": ["a", 31]},
            {"type": "LineString", "coordinates": [[117, 31], [117.1, 31]]},
            "POINT(1 1)",
            {"type": "Point", "coordinates": []},
        ],
    )
    def test_bad_geometry_is_refused(self, world, agreement, as_, geometry):
        body = {**defect_body(world), "geometry": geometry}
        assert as_["township_officer"].post(f"{V1}/defects", body).status_code == 422

    def test_it_is_moved_to_where_it_really_is(self, world, agreement, as_):
        defect = reported(world, point=on_road(300, off_m=700))
        address = f"{V1}/defects/{defect.pk}"
        body = {"type": "Feature", "geometry": None, "properties": {"chainage_m": 310}}
        assert as_["township_officer"].patch(address, body).status_code == 428
        answer = as_["township_officer"].patch(address, body, etag=f'"{defect.version}"')
        assert answer.json()["properties"]["chainage"] == "K0+310"
        stale = as_["township_officer"].patch(address, body, etag=f'"{defect.version}"')
        assert (stale.status_code, stale.json()["current"]) == (412, answer.json())
        refused = as_["company_member"].patch(address, body, etag=answer.headers["ETag"])
        assert refused.status_code == 403

    def test_what_is_near_comes_with_its_distance(self, world, agreement, as_):
        first, second = reported(world, point=on_road(300)), reported(world, point=on_road(315))
        (near,) = as_["association_member"].get(f"{V1}/defects/{second.pk}/nearby").json()["items"]
        assert near["id"] == str(first.pk)
        assert near["metres"] == pytest.approx(15, abs=0.5)

    def test_photos_are_added(self, world, agreement, as_, media):
        photo = kept_photo(uploaded_by=world.users["company_member"])
        defect = reported(world)
        body = {"photos": [str(photo.pk)], "stage": "after"}
        answer = as_["company_member"].post(f"{V1}/defects/{defect.pk}/photos", body)
        assert answer.json()["properties"]["photos"] == [{"id": str(photo.pk), "stage": "after"}]
        refused = as_["association_member"].post(f"{V1}/defects/{defect.pk}/photos", body)
        assert refused.status_code == 422


class TestInspections:
    def body(self, world, made, *results, **values):
        items = made.items.order_by("position")
        return {
            "id": str(uuid4()),
            "asset": str(world.own_asset.pk),
            "standard": str(made.pk),
            "kind": "supervision",
            "inspected_at": moment(),
            "answers": [
                {"item": str(item.pk), "result": result}
                for item, result in zip(items, results, strict=True)
            ],
            **values,
        }

    def test_a_failed_item_leads_to_an_order_in_one_answer(self, world, agreement, as_):
        made = standard({"opens_order": True, "order_hours": 48, "points": 20}, {})
        body = self.body(world, made, "failed", "ok")
        association = as_["association_member"]
        answer = association.post(f"{V1}/inspections", body)
        assert answer.status_code == 201, answer.content
        shown = answer.json()
        assert shown["score"] == 80
        (finding,) = shown["findings"]
        assert finding["outcome"] == "ordered"
        assert WorkOrder.objects.get().pk == Defect.objects.get().order_id
        assert association.post(f"{V1}/inspections", body).status_code == 200
        assert association.post(f"{V1}/inspections", {**body, "kind": "patrol"}).status_code == 409
        assert association.get(f"{V1}/inspections/{body['id']}").json()["findings"] == [finding]
        (row,) = as_["township_officer"].get(f"{V1}/inspections?kind=supervision").json()["items"]
        assert (row["id"], "answers" in row) == (body["id"], False)

    def test_the_executor_cannot_inspect_its_work(self, world, agreement, as_):
        made = standard()
        answer = as_["company_member"].post(f"{V1}/inspections", self.body(world, made, "ok"))
        assert answer.status_code == 403
        assert answer.json()["errors"][0]["code"] == "role_conflict"

    def test_incomplete_and_unknown_answers_are_refused(self, world, agreement, as_):
        made = standard({}, {})
        body = self.body(world, made, "ok", "ok")
        association = as_["association_member"]
        for answers in (
            body["answers"][:1],
            [*body["answers"], {"item": str(uuid4()), "result": "ok"}],
            [{"item": "x", "result": "ok"}],
            [],
            "all fine",
            [{"item": body["answers"][0]["item"], "result": "broken"}],
        ):
            sent = association.post(f"{V1}/inspections", {**body, "answers": answers})
            assert sent.status_code == 422, (answers, sent.content)


class TestDuties:
    def test_the_planner_writes_a_standard_and_assets_get_their_schedules(self, world, as_):
        body = {
            "code": "ROAD-NIGHT",
            "name": "夜间巡查",
            "asset_kind": "road",
            "frequency_days": 90,
            "items": [{"text": "标志反光吗？", "points": 10, "opens_order": True}],
        }
        assert as_["township_officer"].post(f"{V1}/standards", body).status_code == 403
        made = as_["district_planner"].post(f"{V1}/standards", body)
        assert made.status_code == 201, made.content
        schedules = UpkeepSchedule.objects.filter(standard=made.json()["id"])
        assert {row.asset for row in schedules} == {
            world.own_asset,
            world.sibling_asset,
            world.foreign_asset,
            world.public_asset,
        }
        address = f"{V1}/standards/{made.json()['id']}"
        changed = as_["district_planner"].patch(
            address, {"items": [{"text": "护栏完好吗？"}]}, etag=made.headers["ETag"]
        )
        assert [item["text"] for item in changed.json()["items"]] == ["护栏完好吗？"]
        stale = as_["district_planner"].patch(address, {"name": "x"}, etag=made.headers["ETag"])
        assert stale.status_code == 412
        for wrong in ({"frequency_days": 0}, {"items": []}, {"asset_kind": "house"}, {"code": ""}):
            answer = as_["district_planner"].post(
                f"{V1}/standards", {**body, "code": "OTHER", **wrong}
            )
            assert answer.status_code == 422, wrong
        assert as_["district_planner"].post(f"{V1}/standards", body).status_code == 409

    def test_a_schedule_is_changed_for_one_asset(self, world, agreement, as_):
        schedule = UpkeepSchedule.objects.get(asset=world.own_asset, standard__code="ROAD-CHECK")
        UpkeepSchedule.objects.filter(pk=schedule.pk).update(last_done_on="2026-11-01")
        schedule.refresh_from_db()
        address, etag = f"{V1}/schedules/{schedule.pk}", f'"{schedule.version}"'
        answer = as_["association_member"].patch(address, {"frequency_days": 10}, etag=etag)
        assert answer.json()["next_due_on"] == "2026-11-11"
        refused = as_["company_member"].patch(
            address, {"frequency_days": 99}, etag=answer.headers["ETag"]
        )
        assert refused.status_code == 403
        bad = as_["association_member"].patch(
            address, {"frequency_days": 0}, etag=answer.headers["ETag"]
        )
        assert bad.status_code == 422

    def test_overdue_duties_are_found(self, world, as_):
        rows = UpkeepSchedule.objects.filter(asset=world.own_asset, standard__code="ROAD-PATROL")
        rows.update(next_due_on=timezone.localdate() - datetime.timedelta(days=2))
        officer = as_["township_officer"]
        (row,) = officer.get(f"{V1}/schedules?overdue=1").json()["items"]
        assert (row["asset"], row["is_overdue"]) == (str(world.own_asset.pk), True)
        assert officer.get(f"{V1}/schedules?due_until=soon").status_code == 400

    def test_a_round_is_planned_and_made(self, world, agreement, as_):
        body = {
            "agreement": str(agreement.pk),
            "organisation": str(world.cooperatives[0].pk),
            "name": "每周巡查",
            "frequency_days": 7,
            "next_due_on": "2026-01-01",
            "stops": [str(world.own_asset.pk)],
        }
        own = {**body, "organisation": str(world.companies[0].pk)}
        assert as_["company_member"].post(f"{V1}/patrol-plans", own).status_code == 403
        planned = as_["association_member"].post(f"{V1}/patrol-plans", body)
        assert planned.status_code == 201, planned.content
        assert planned.json()["is_missed"] is True
        outside = {**body, "stops": [str(world.sibling_asset.pk)]}
        assert as_["district_planner"].post(f"{V1}/patrol-plans", outside).status_code == 422
        patrol = {
            "id": str(uuid4()),
            "agreement": str(agreement.pk),
            "plan": planned.json()["id"],
            "started_at": moment(3),
            "ended_at": moment(1),
            "track": {"type": "LineString", "coordinates": [[117.05, 31.05], [117.06, 31.05]]},
        }
        assert as_["company_member"].post(f"{V1}/patrols", patrol).status_code == 422
        made = as_["cooperative_member"].post(f"{V1}/patrols", patrol)
        assert made.status_code == 201, made.content
        assert made.json()["track"]["coordinates"][1] == [117.06, 31.05]
        assert as_["cooperative_member"].post(f"{V1}/patrols", patrol).status_code == 200
        plan = as_["cooperative_member"].get(f"{V1}/patrol-plans/{planned.json()['id']}").json()
        ended = datetime.datetime.fromisoformat(patrol["ended_at"])
        expected = timezone.localdate(ended) + datetime.timedelta(days=7)
        assert (plan["next_due_on"], plan["is_missed"]) == (expected.isoformat(), False)
        backwards = {**patrol, "id": str(uuid4()), "ended_at": moment(9)}
        assert as_["cooperative_member"].post(f"{V1}/patrols", backwards).status_code == 422


class TestClaims:
    def test_a_claim_goes_to_the_contractor_and_back(self, world, agreement, as_):
        until = timezone.localdate() + datetime.timedelta(days=9)
        type(world.own_asset).objects.filter(pk=world.own_asset.pk).update(
            warranty_until=until, contractor=world.companies[1]
        )
        defect = reported(world)
        as_["township_officer"].post(f"{V1}/defects/{defect.pk}/moves", {"to_state": "verified"})
        body = {"defect": str(defect.pk)}
        assert as_["company_member"].post(f"{V1}/claims", body).status_code == 403
        raised = as_["township_officer"].post(f"{V1}/claims", body)
        assert raised.status_code == 201, raised.content
        from sites.kinds import Role
        from tests.factories import member

        contractor = Caller(
            member(Role.COMPANY_MEMBER, organisations=[world.companies[1]], username="builder")
        )
        address = f"{V1}/claims/{raised.json()['id']}"
        moves = f"{address}/moves"
        assert as_["district_planner"].post(moves, {"to_state": "accepted"}).status_code == 403
        assert contractor.post(moves, {"to_state": "refused"}).status_code == 422
        assert contractor.post(moves, {"to_state": "accepted"}).json()["state"] == "accepted"
        settled = as_["township_officer"].post(moves, {"to_state": "settled", "reason": "已修"})
        assert settled.json()["state"] == "settled"
        assert as_["township_officer"].post(f"{V1}/claims", body).status_code == 409


class TestPublicReports:
    def send(self, visitor, world, **values):
        plate = opened(world.own_asset).plate_code
        return visitor.post(PUBLIC, {"plate": plate, "text": "桥边护栏断了", **values})

    def test_a_villager_reports_follows_and_reopens(self, world, as_, visitor):
        sent = self.send(visitor, world, contact="13800000000")
        assert sent.status_code == 201, sent.content
        code = sent.json()["tracking_code"]
        assert "contact" not in sent.json()
        report = PublicReport.objects.get()
        office = f"{V1}/public-reports/{report.pk}"
        assert as_["township_officer"].get(office).json()["contact"] == "13800000000"
        answer = {"to_state": "answered", "answer": "已安排更换"}
        assert as_["township_officer"].post(f"{office}/moves", answer).status_code == 200
        seen = visitor.get(f"{PUBLIC}/{code.lower()}").json()
        assert (seen["state"], seen["answer"]) == ("answered", "已安排更换")
        again = visitor.post(f"{PUBLIC}/{code}/reopen", {"reason": "还是断的"})
        assert again.json()["state"] == "reopened"
        assert visitor.post(f"{PUBLIC}/{code}/reopen", {"reason": "x"}).status_code == 409

    def test_a_body_never_reads_contact_or_code(self, world, agreement, as_, visitor):
        self.send(visitor, world, contact="13800000000")
        report = PublicReport.objects.get()
        address = f"{V1}/public-reports/{report.pk}"
        assert as_["association_member"].get(address).status_code == 404
        new = {"kind": "safety_missing", "severity": "serious"}
        moved = as_["township_officer"].post(
            f"{address}/moves", {"to_state": "linked", "new_defect": new}
        )
        assert moved.json()["state"] == "linked"
        seen = as_["association_member"].get(address).json()
        assert (seen["contact"], seen["tracking_code"]) == (None, None)
        refused = as_["association_member"].post(
            f"{address}/moves", {"to_state": "answered", "answer": "x"}
        )
        assert refused.status_code == 403

    def test_a_repeated_report_is_one(self, world, visitor):
        sent = {"id": str(uuid4())}
        first, again = self.send(visitor, world, **sent), self.send(visitor, world, **sent)
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json()["tracking_code"] == again.json()["tracking_code"]
        assert self.send(visitor, world, **sent, text="别的事").status_code == 409

    def test_one_address_cannot_flood(self, world, visitor):
        for _turn in range(10):
            assert self.send(visitor, world).status_code == 201
        refused = self.send(visitor, world)
        assert refused.status_code == 429
        assert 0 < int(refused.headers["Retry-After"]) <= 3600
        report = PublicReport.objects.first()
        assert len(report.reporter_key) == 64
        assert "127.0.0.1" not in report.reporter_key

    def test_what_is_not_public_is_not_there(self, world, visitor):
        for asset in (world.sibling_asset, world.house_asset):
            body = {"plate": asset.plate_code, "text": "x"}
            assert visitor.post(PUBLIC, body).status_code == 404
        assert visitor.get(f"{PUBLIC}/ABCDEFGH").status_code == 404
        assert visitor.get(f"{PUBLIC}/%00%F0%9F%98%80").status_code == 404

    @pytest.mark.parametrize(
        "wrong",
        [
            {"text": ""},
            {"text": "x" * 2001},
            {"text": 5},
            {"position": {"type": "Point", "coordinates": [200, 1]}},
            {"accuracy_m": -1},
            {"contact": "x" * 121},
            {"id": "1"},
            {"who": "me"},
        ],
    )
    def test_bad_values_are_refused(self, world, visitor, wrong):
        assert self.send(visitor, world, **wrong).status_code == 422
        assert not PublicReport.objects.exists()


LISTS = (
    "defects",
    "inspections",
    "schedules",
    "standards",
    "patrols",
    "patrol-plans",
    "claims",
    "public-reports",
)


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_paged_strict_and_closed_to_the_public(world, as_, visitor, name):
    assert visitor.get(f"{V1}/{name}").status_code == 401
    planner = as_["district_planner"]
    assert planner.get(f"{V1}/{name}?limit=1").status_code == 200
    for query in ("limit=0", "cursor=x", "unknown=1"):
        assert planner.get(f"{V1}/{name}?{query}").status_code == 400


@pytest.mark.parametrize("name", ["defects", "public-reports", "schedules"])
def test_a_list_asks_the_same_number_of_questions_however_long(
    world, agreement, as_, name, django_assert_max_num_queries
):
    opened(world.own_asset)
    for turn in range(12):
        reported(world)
        public_report(world.own_asset, address=f"192.0.2.{turn}")
    with django_assert_max_num_queries(9):
        assert as_["township_officer"].get(f"{V1}/{name}?limit=100").status_code == 200
