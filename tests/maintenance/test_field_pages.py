"""Pages of field work: what they offer to whom, without script, and how many questions they ask."""

from __future__ import annotations

import datetime
import re
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from maintenance.models import (
    Defect,
    Inspection,
    PatrolPlan,
    PublicReport,
    UpkeepSchedule,
    UpkeepStandard,
)
from tests.factories.field import on_road, opened, proposals, public_report, reported, standard
from tests.factories.maintenance import signed_agreement
from tests.factories.photos import picture

pytestmark = pytest.mark.django_db
EN = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def standards(world):
    proposals()


@pytest.fixture
def agreement(world):
    return signed_agreement(world, assets=[world.own_asset])


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def seat(world):
    def sit(name):
        client = Client(headers=EN)
        client.force_login(world.users[name])
        return client

    return sit


def upload(name="photos", **values):
    from django.core.files.uploadedfile import SimpleUploadedFile

    photo = SimpleUploadedFile("p.jpg", picture(), content_type="image/jpeg")
    return {name: photo, **values}


class TestDefectPages:
    def test_the_list_shows_open_ones_and_names_wrong_parameters(self, world, agreement, seat):
        defect = reported(world, severity="serious")
        officer = seat("township_officer")
        page = officer.get("/maintenance/defects/?open=1")
        assert f"#{defect.number}" in page.content.decode()
        wrong = officer.get("/maintenance/defects/?severity=huge&nonsense=1&cursor=x")
        assert wrong.status_code == 400
        text = wrong.content.decode()
        assert f"#{defect.number}" in text
        for name in ("severity", "nonsense", "cursor"):
            assert name in text

    def test_pages_follow_one_another_without_gaps(self, world, agreement, seat, monkeypatch):
        from maintenance import newest_first

        made = {reported(world).number for _turn in range(5)}
        monkeypatch.setattr(newest_first.newest_page, "__kwdefaults__", {"size": 2})
        officer, address, seen = seat("township_officer"), "/maintenance/defects/", []
        while address:
            text = officer.get(address).content.decode()
            seen += [int(n) for n in re.findall(r"<th scope=\"row\"><a [^>]+>#(\d+)", text)]
            following = re.search(r'rel="next" href="([^"]+)"', text)
            address = following[1].replace("&amp;", "&") if following else ""
        assert seen == sorted(made, reverse=True)

    def test_a_defect_is_reported_with_photo_and_place(self, world, agreement, seat, media):
        asset = world.own_asset.pk
        sent = {
            "entry": str(uuid4()),
            "kind": "pothole",
            "severity": "serious",
            "found_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
            "longitude": on_road(300).x,
            "latitude": 31.05,
            "accuracy_m": "8",
            "description": "大坑",
        }
        company = seat("company_member")
        answer = company.post(f"/maintenance/defects/new/?asset={asset}", upload(**sent))
        defect = Defect.objects.get()
        assert answer.headers["Location"] == f"/maintenance/defects/{defect.pk}/"
        assert (defect.photos.count(), defect.organisation) == (1, world.companies[0])
        again = company.post(f"/maintenance/defects/new/?asset={asset}", upload(**sent))
        assert again.status_code == 302
        assert Defect.objects.count() == 1

    @pytest.mark.parametrize(
        "bad",
        [
            {"entry": "x"},
            {"found_at": "soon"},
            {"found_at": "2999-01-01T00:00"},
            {"chainage_m": "300"},
            {"chainage_m": "K9+999"},
            {"longitude": "nan", "latitude": "31"},
            {"severity": "huge"},
            {"description": "x" * 2001},
        ],
    )
    def test_a_bad_form_comes_back_with_its_words(self, world, agreement, seat, bad):
        sent = {
            "entry": str(uuid4()),
            "kind": "pothole",
            "severity": "minor",
            "found_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
            **bad,
        }
        address = f"/maintenance/defects/new/?asset={world.own_asset.pk}"
        answer = seat("company_member").post(address, sent)
        assert answer.status_code == 422
        assert b"errorlist" in answer.content or b'role="alert"' in answer.content
        assert not Defect.objects.exists()

    def test_the_page_offers_only_what_the_viewer_may_do(self, world, agreement, seat):
        defect = reported(world)
        address = f"/maintenance/defects/{defect.pk}/"
        for name, may_judge in (
            ("association_member", True),
            ("township_officer", True),
            ("company_member", False),
            ("evaluator", False),
        ):
            text = seat(name).get(address).content.decode()
            assert (f"{address}move/" in text) is may_judge, name

    def test_a_refusal_stands_in_the_form(self, world, agreement, seat):
        defect = reported(world)
        address = f"/maintenance/defects/{defect.pk}/move/"
        officer = seat("township_officer")
        refused = officer.post(address, {"to_state": "rejected", "version": defect.version})
        assert refused.status_code == 422
        assert b"needs a reason" in refused.content
        stale = officer.post(address, {"to_state": "verified", "version": 99})
        assert stale.status_code == 422
        assert seat("company_member").post(address, {"to_state": "verified"}).status_code == 403

    def test_an_unknown_asset_is_not_there(self, world, seat):
        officer = seat("township_officer")
        for asset in ("x", uuid4(), world.sibling_asset.pk):
            assert officer.get(f"/maintenance/defects/new/?asset={asset}").status_code == 404

    def test_the_picker_finds_by_name_and_survives_odd_words(self, world, seat):
        officer = seat("township_officer")
        found = officer.get("/maintenance/defects/new/?q=OWN-A").content.decode()
        assert str(world.own_asset.pk) in found
        assert str(world.sibling_asset.pk) not in found
        assert officer.get("/maintenance/defects/new/?q=%00").status_code == 200


class TestInspectionPages:
    def fields(self, made, *results, **more):
        items = made.items.order_by("position")
        given = {
            f"result-{item.pk.hex}": result for item, result in zip(items, results, strict=True)
        }
        return {
            "entry": str(uuid4()),
            "kind": "supervision",
            "inspected_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
            **given,
            **more,
        }

    def address(self, world, made):
        return f"/maintenance/inspections/new/?asset={world.own_asset.pk}&standard={made.pk}"

    def test_a_check_is_recorded_and_says_what_came_of_it(self, world, agreement, seat, media):
        made = standard({"opens_order": True}, {})
        first = made.items.get(position=1).pk.hex
        association = seat("association_member")
        sent = self.fields(made, "failed", "ok", **{f"note-{first}": "坑深 10 厘米"})
        answer = association.post(
            self.address(world, made), upload(f"photos-{first}", **sent), follow=True
        )
        text = answer.content.decode()
        assert "1 work order was issued by rule." in text
        assert "90 points" in text
        assert Inspection.objects.get().photos.get().answer is not None

    def test_an_unanswered_question_comes_back(self, world, agreement, seat):
        made = standard({}, {})
        sent = self.fields(made, "ok", "ok")
        sent.pop(f"result-{made.items.get(position=2).pk.hex}")
        answer = seat("association_member").post(self.address(world, made), sent)
        assert answer.status_code == 422
        assert not Inspection.objects.exists()

    def test_kinds_are_offered_by_who_one_is(self, world, agreement, seat):
        made = standard()
        for name, kinds in {
            "association_member": {"supervision", "patrol"},
            "company_member": {"patrol"},
            "township_officer": {"township", "patrol"},
        }.items():
            text = seat(name).get(self.address(world, made)).content.decode()
            offered = set(re.findall(r'<option value="(\w+)"', text))
            assert offered == kinds, name

    def test_the_right_checklist_is_chosen_by_kind(self, world, seat):
        officer = seat("township_officer")
        text = officer.get(
            f"/maintenance/inspections/new/?asset={world.own_asset.pk}"
        ).content.decode()
        road = UpkeepStandard.objects.get(code="ROAD-CHECK")
        water = UpkeepStandard.objects.get(code="WATER-CHECK")
        assert str(road.pk) in text
        assert str(water.pk) not in text


class TestDutyPages:
    def test_overdue_duties_and_missed_rounds_are_shown(self, world, agreement, seat):
        late = timezone.localdate() - datetime.timedelta(days=3)
        UpkeepSchedule.objects.filter(asset=world.own_asset).update(next_due_on=late)
        PatrolPlan.objects.create(
            agreement=agreement,
            organisation=world.cooperatives[0],
            name="每周巡查",
            frequency_days=7,
            next_due_on=late,
        )
        text = seat("cooperative_member").get("/maintenance/duties/?overdue=1").content.decode()
        assert "overdue" in text
        assert "missed on" in text
        assert world.own_asset.name_en in text

    def test_a_round_is_shown_before_it_is_made(self, world, agreement, seat):
        schedules = UpkeepSchedule.objects.filter(asset=world.own_asset)
        chosen = {"schedule": [str(row.pk) for row in schedules]}
        association = seat("association_member")
        preview = association.post("/maintenance/duties/plan/", chosen)
        assert b"Nothing has been saved yet" in preview.content
        assert not PatrolPlan.objects.exists()
        made = association.post(
            "/maintenance/duties/plan/",
            {
                **chosen,
                "confirm": "1",
                "agreement": str(agreement.pk),
                "organisation": str(world.cooperatives[0].pk),
                "name": "巡查",
                "kind": "periodic",
                "frequency_days": "7",
                "next_due_on": "2026-12-01",
            },
        )
        plan = PatrolPlan.objects.get()
        assert made.headers["Location"] == f"/maintenance/patrol-plans/{plan.pk}/"
        assert [stop.asset for stop in plan.stops.all()] == [world.own_asset]

    def test_the_executor_does_not_plan_its_own_rounds(self, world, agreement, seat):
        schedule = UpkeepSchedule.objects.filter(asset=world.own_asset).first()
        answer = seat("company_member").post(
            "/maintenance/duties/plan/",
            {
                "schedule": [str(schedule.pk)],
                "confirm": "1",
                "agreement": str(agreement.pk),
                "organisation": str(world.companies[0].pk),
                "name": "x",
                "kind": "periodic",
                "frequency_days": "7",
                "next_due_on": "2026-12-01",
            },
        )
        assert answer.status_code == 403

    def test_what_was_not_chosen_well_is_said(self, world, seat):
        answer = seat("township_officer").post(
            "/maintenance/duties/plan/", {"schedule": ["x", str(uuid4())]}, follow=True
        )
        assert b"Choose the duties first" in answer.content

    def test_the_frequency_of_one_asset_is_changed(self, world, agreement, seat):
        schedule = UpkeepSchedule.objects.filter(asset=world.own_asset).first()
        address = f"/maintenance/duties/{schedule.pk}/"
        sent = {
            "frequency_days": "3",
            "next_due_on": schedule.next_due_on.isoformat(),
            "is_active": "on",
            "version": schedule.version,
        }
        assert seat("association_member").post(address, sent).status_code == 302
        schedule.refresh_from_db()
        assert schedule.frequency_days == 3
        assert seat("company_member").post(address, sent).status_code == 403

    def test_the_planner_adds_a_question_without_script(self, world, seat):
        made = UpkeepStandard.objects.get(code="HOUSE-CHECK")
        planner = seat("district_planner")
        text = planner.get(f"/maintenance/standards/{made.pk}/").content.decode()
        form = dict(re.findall(r'<(?:input|textarea)[^>]+name="([^"]+)"[^>]+value="([^"]*)"', text))
        form |= {
            name: re.search(r'value="([^"]*)" selected', block)[1]
            for name, block in re.findall(
                r'<select name="([^"]+)".*?>(.*?)</select>', text, re.DOTALL
            )
            if "selected" in block
        }
        form = {n: v for n, v in form.items() if n not in {"csrfmiddlewaretoken", "next"}}
        form = {n: v for n, v in form.items() if not n.endswith("removed")}
        form["item2-text"] = "住得安心吗？"
        answer = planner.post(f"/maintenance/standards/{made.pk}/", form)
        assert answer.status_code == 302, answer.content.decode()[-3000:]
        made.refresh_from_db()
        used = made.items.filter(is_active=True).order_by("position")
        assert [item.text for item in used][-1] == "住得安心吗？"
        assert used.count() == 3


class TestPublicPages:
    def send(self, client, asset, **values):
        sent = {"entry": str(uuid4()), "text": "桥栏断了", **values}
        return client.post(f"/public/a/{asset.plate_code}/report/", sent)

    def test_a_report_without_account_leads_to_its_code(self, world, media):
        asset, client = opened(world.own_asset), Client(headers=EN)
        page = client.get(f"/public/a/{asset.plate_code}/report/")
        assert page.status_code == 200
        answer = self.send(client, asset, **upload(contact="13800000000"))
        report = PublicReport.objects.get()
        assert answer.headers["Location"] == f"/public/track/{report.tracking_code}/"
        assert report.photos.count() == 1
        told = client.get(answer.headers["Location"]).content.decode()
        assert report.tracking_code in told
        assert "13800000000" not in told
        assert "no-store" in client.get(answer.headers["Location"]).headers["Cache-Control"]

    def test_a_token_is_asked_of_forms(self, world):
        asset = opened(world.own_asset)
        client = Client(headers=EN, enforce_csrf_checks=True)
        assert self.send(client, asset).status_code == 403

    def test_a_machine_that_fills_every_field_leaves_nothing(self, world):
        asset = opened(world.own_asset)
        answer = self.send(Client(headers=EN), asset, website="https://spam.example")
        assert answer.status_code == 200
        assert not PublicReport.objects.exists()

    def test_a_flood_is_told_when_to_come_back(self, world):
        asset, client = opened(world.own_asset), Client(headers=EN)
        for _turn in range(10):
            assert self.send(client, asset).status_code == 302
        refused = self.send(client, asset)
        assert refused.status_code == 429
        assert int(refused.headers["Retry-After"]) > 0

    @pytest.mark.parametrize(
        "bad", [{"text": ""}, {"text": "x" * 2001}, {"entry": "x"}, {"contact": "x" * 121}]
    )
    def test_a_bad_form_comes_back(self, world, bad):
        answer = self.send(Client(headers=EN), opened(world.own_asset), **bad)
        assert answer.status_code == 422
        assert not PublicReport.objects.exists()

    def test_six_photos_are_one_too_many_and_no_picture_is_refused(self, world, media):
        from django.core.files.uploadedfile import SimpleUploadedFile

        asset, client = opened(world.own_asset), Client(headers=EN)
        six = [SimpleUploadedFile(f"{n}.jpg", picture()) for n in range(6)]
        assert self.send(client, asset, photos=six).status_code == 422
        text = SimpleUploadedFile("p.jpg", b"no picture at all")
        assert self.send(client, asset, photos=text).status_code == 422

    def test_what_is_not_public_is_not_there(self, world):
        client = Client(headers=EN)
        for plate in (world.own_asset.plate_code, world.house_asset.plate_code, "NOTHERE"):
            assert client.get(f"/public/a/{plate}/report/").status_code == 404
        assert client.get("/public/track/NOTHERE/").status_code == 404

    def test_a_report_is_gone_when_the_asset_is_no_longer_public(self, world):
        report = public_report(opened(world.own_asset))
        address = f"/public/track/{report.tracking_code}/"
        assert Client(headers=EN).get(address).status_code == 200
        type(world.own_asset).objects.filter(pk=world.own_asset.pk).update(visibility="office")
        assert Client(headers=EN).get(address).status_code == 404

    def test_the_office_links_to_the_nearest_and_answers(self, world, agreement, seat):
        near = reported(world, point=on_road(310))
        far = reported(world, point=on_road(900))
        report = public_report(opened(world.own_asset), point=on_road(300))
        officer = seat("township_officer")
        text = officer.get(f"/maintenance/reports/{report.pk}/").content.decode()
        assert text.index(str(near.pk)) < text.index(str(far.pk))
        assert "10 m" in text
        officer.post(
            f"/maintenance/reports/{report.pk}/link/",
            {"defect": str(near.pk), "version": report.version},
        )
        report.refresh_from_db()
        assert (report.defect, report.state) == (near, "linked")
        officer.post(
            f"/maintenance/reports/{report.pk}/answer/",
            {"answer": "本周内修好", "version": report.version},
        )
        told = Client(headers=EN).get(f"/public/track/{report.tracking_code}/").content.decode()
        assert "本周内修好" in told
        assert "being dealt with" in told


PAGES = (
    ("/maintenance/defects/", 12),
    ("/maintenance/inspections/", 12),
    ("/maintenance/duties/", 16),
    ("/maintenance/reports/", 12),
    ("/maintenance/claims/", 14),
)


@pytest.mark.parametrize(("address", "most"), PAGES)
def test_a_list_asks_the_same_number_of_questions_however_long(
    world, agreement, seat, address, most, django_assert_max_num_queries
):
    opened(world.own_asset)
    for turn in range(12):
        reported(world)
        public_report(world.own_asset, address=f"192.0.2.{turn}")
    officer = seat("township_officer")
    with django_assert_max_num_queries(most):
        assert officer.get(address).status_code == 200


def test_a_defects_page_asks_a_fixed_number_of_questions(
    world, agreement, seat, django_assert_max_num_queries
):
    defect = reported(world)
    for _turn in range(6):
        reported(world)
    officer = seat("township_officer")
    with django_assert_max_num_queries(34):
        assert officer.get(f"/maintenance/defects/{defect.pk}/").status_code == 200
