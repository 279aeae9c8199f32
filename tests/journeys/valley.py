"""The valley of journey J6: a road under agreement, and a day of 18 entries with 40 photos."""

from __future__ import annotations

import datetime
import hashlib
import random
from dataclasses import dataclass
from io import BytesIO
from uuid import uuid4

from django.utils import timezone
from PIL import Image

from maintenance.services import log_review
from sites.api.authentication import issue_token
from tests.factories import build_world
from tests.factories.field import on_road, reported, standard
from tests.factories.maintenance import signed_agreement
from tests.factories.orders import by, issued_order, recorded_log

LOGS, INSPECTIONS, DEFECTS = 13, 3, 2
FAR_LOG = 5
"""Which log is made 1.8 km from its asset."""
FAR_M = 1_800


@dataclass
class Valley:
    """What stands in the register before the day: and the worker who walks."""

    world: object
    worker: object
    agreement: object
    order: object
    standard: object
    defect: object

    @property
    def token(self):
        return issue_token(self.worker, now=timezone.now()).token


def build_valley():
    """Build the district and return the valley."""
    world = build_world()
    agreement = signed_agreement(world, assets=[world.own_asset])
    return Valley(
        world=world,
        worker=world.users["company_member"],
        agreement=agreement,
        order=issued_order(world, agreement),
        standard=standard({}, {}),
        defect=reported(world, user=world.users["company_member"], point=on_road(300)),
    )


def a_picture(seed, *, side=700):
    """The bytes of a JPEG between some 10 and 400 kB, each its own."""
    rng = random.Random(seed)
    side = rng.choice((200, 500, side, side))
    small = Image.frombytes("RGB", (64, 48), rng.randbytes(64 * 48 * 3))
    grain = Image.frombytes("RGB", (side, side), rng.randbytes(side * side * 3))
    target = BytesIO()
    mixed = Image.blend(small.resize((side, side)), grain, rng.choice((0.05, 0.3)))
    mixed.save(target, "JPEG", quality=85)
    return target.getvalue()


def point(metres, *, off_m=0.0):
    """A place along the road as GeoJSON."""
    place = on_road(metres, off_m=off_m)
    return {"type": "Point", "coordinates": [round(place.x, 7), round(place.y, 7)]}


def entries_of_the_day(valley):
    """18 entries: (id, entity, body, photos) each, with 40 photos among them."""
    photos = iter([(uuid4(), a_picture(seed)) for seed in range(40)])
    day = [_log(valley, number, photos) for number in range(LOGS)]
    day += [_inspection(valley, number, photos) for number in range(INSPECTIONS)]
    day += [_defect(valley, number, photos) for number in range(DEFECTS)]
    assert next(photos, None) is None
    return day


def named(photos, **more):
    """How an entry names its photos: by identifier and hash."""
    return [
        {"photo": str(key), "sha256": hashlib.sha256(content).hexdigest(), **more}
        for key, content in photos
    ]


def hours_ago(number):
    """A time of the day on the phone's clock."""
    return (timezone.now() - datetime.timedelta(hours=number)).isoformat()


def _log(valley, number, photos):
    taken = [next(photos) for _ in range(2)]
    far = number == FAR_LOG
    body = {
        "asset": str(valley.world.own_asset.pk),
        "task": "routine",
        "device_time": hours_ago(6),
        "geometry": point(100 + 60 * number, off_m=FAR_M if far else 3),
        "accuracy_m": 6,
        "note": f"清理边沟 第{number + 1}段",
        "photos": [*named(taken[:1], stage="before"), *named(taken[1:], stage="after")],
    }
    return uuid4(), "log", body, taken


def _inspection(valley, number, photos):
    taken = [next(photos) for _ in range(4)]
    first, second = valley.standard.items.order_by("position")
    body = {
        "asset": str(valley.world.own_asset.pk),
        "standard": str(valley.standard.pk),
        "kind": "patrol",
        "inspected_at": hours_ago(5 - number),
        "position": point(200 + 100 * number),
        "accuracy_m": 8,
        "answers": [
            {"item": str(first.pk), "result": "ok", "add_photos": named(taken[:2])},
            {"item": str(second.pk), "result": "ok"},
        ],
        "add_photos": named(taken[2:]),
    }
    return uuid4(), "inspection", body, taken


def _defect(valley, number, photos):
    taken = [next(photos)]
    body = {
        "asset": str(valley.world.own_asset.pk),
        "kind": "pothole",
        "severity": "moderate",
        "found_at": hours_ago(2),
        "description": f"坑槽 {number + 1}",
        "geometry": point(500 + 200 * number),
        "add_photos": named(taken),
    }
    return uuid4(), "defect", body, taken


def returned_log(valley, reason):
    """A log of the worker that the association returned with a reason."""
    log = recorded_log(valley.order, valley.worker, stages=())
    reviewer = valley.world.users["association_member"]
    log_review(log=log, verdict="returned", reason=reason, **by(reviewer))
    return log
