"""Drawn pictures in place of photos: the demo has evidence to show and nobody's real photo."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

import numpy as np
from PIL import Image, ImageDraw

from assets.models import Photo
from assets.photos.intake import ReceivedPhoto, receive
from maintenance.kinds import DefectKind
from sites.demo.copying import Record, copy_records
from sites.identifiers import new_id

SIZE = (1200, 900)
HORIZON = 330
LOOKS = ("road", "water", "centre")
STAGES = ("before", "during", "after")
Colour = tuple[int, int, int]
SKIES: Mapping[str, Colour] = {
    "before": (196, 208, 216),
    "during": (188, 205, 222),
    "after": (168, 204, 236),
}
OF_ROADS = frozenset(
    {
        DefectKind.POTHOLE,
        DefectKind.CRACK,
        DefectKind.SUBSIDENCE,
        DefectKind.EDGE_DAMAGE,
        DefectKind.LANDSLIDE,
        DefectKind.BLOCKED_DRAIN,
        DefectKind.STRUCTURE_DAMAGE,
        DefectKind.SAFETY_MISSING,
    }
)


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo to be kept: which drawing, when it was taken and for whom."""

    pk: UUID
    look: str
    stage: str
    taken_at: datetime.datetime
    organisation: UUID | None


def look_of(kind: str, defect: str) -> str:
    """Return which drawing stands for a defect of an asset of a kind."""
    if kind == "road" or defect in OF_ROADS:
        return "road"
    return "water" if kind == "water_works" else "centre"


class Album:
    """The drawings, each made and stored once, and the photos that show them."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._drawn = {
            (look, stage): _stored(look, stage, rng) for look in LOOKS for stage in STAGES
        }
        self._shots: list[Shot] = []

    def take(
        self, look: str, stage: str, taken_at: datetime.datetime, organisation: UUID | None
    ) -> UUID:
        """Return the identifier of a new photo."""
        shot = Shot(new_id(), look, stage, taken_at, organisation)
        self._shots.append(shot)
        return shot.pk

    def write(self) -> None:
        """Store the photos that were taken since the last time."""
        copy_records(Photo, self._rows(self._shots))
        self._shots = []

    def _rows(self, shots: Sequence[Shot]) -> Iterator[Record]:
        for shot in shots:
            drawn = self._drawn[shot.look, shot.stage]
            yield {
                "id": shot.pk,
                "sha256": drawn.sha256,
                "content_type": drawn.content_type,
                "size_bytes": drawn.size_bytes,
                "width": drawn.width,
                "height": drawn.height,
                "taken_at": shot.taken_at,
                "original_name": f"{shot.look}-{shot.stage}.jpg",
                "organisation_id": shot.organisation,
            }


def _stored(look: str, stage: str, rng: np.random.Generator) -> ReceivedPhoto:
    image = Image.new("RGB", SIZE, SKIES[stage])
    draw = ImageDraw.Draw(image)
    _hills(draw, rng)
    {"road": _road, "water": _water, "centre": _centre}[look](draw, stage)
    stream = BytesIO()
    image.save(stream, "JPEG", quality=82)
    stream.seek(0)
    return receive(stream, name=f"{look}-{stage}.jpg")


def _hills(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    width, height = SIZE
    for layer, colour in enumerate(((142, 164, 150), (108, 139, 112), (86, 122, 84))):
        base = HORIZON + 60 * layer
        tops = base - rng.uniform(20, 110 - 25 * layer, 9)
        xs = np.linspace(0, width, 9)
        outline = [(float(x), float(y)) for x, y in zip(xs, tops, strict=True)]
        draw.polygon([(0, height), *outline, (width, height)], fill=colour)


def _road(draw: ImageDraw.ImageDraw, stage: str) -> None:
    height = SIZE[1]
    draw.polygon(
        [(560, HORIZON + 90), (640, HORIZON + 90), (1100, height), (100, height)],
        fill=(128, 128, 126),
    )
    for step in range(6):
        top = HORIZON + 120 + step * 78
        draw.polygon(
            [(596, top), (604, top), (608 + step * 3, top + 34), (592 - step * 3, top + 34)],
            fill=(232, 230, 220),
        )
    if stage == "before":
        draw.ellipse((430, 640, 700, 760), fill=(70, 62, 54), outline=(52, 46, 40), width=6)
        draw.ellipse((500, 672, 640, 736), fill=(104, 112, 116))
    elif stage == "during":
        draw.ellipse((430, 640, 700, 760), fill=(52, 52, 52))
        for x in (360, 760):
            draw.polygon([(x, 760), (x + 50, 760), (x + 25, 640)], fill=(226, 110, 34))
            draw.rectangle((x + 12, 690, x + 38, 708), fill=(245, 245, 240))
    else:
        draw.polygon([(420, 650), (700, 640), (730, 756), (410, 764)], fill=(104, 104, 104))


def _water(draw: ImageDraw.ImageDraw, stage: str) -> None:
    height = SIZE[1]
    draw.polygon([(380, 420), (820, 420), (1120, height), (80, height)], fill=(168, 162, 150))
    full = (96, 148, 178) if stage == "after" else (132, 140, 118)
    draw.polygon([(440, 450), (760, 450), (960, height), (240, height)], fill=full)
    if stage == "before":
        for x, y, r in ((420, 720, 90), (620, 640, 70), (760, 800, 110), (540, 840, 80)):
            draw.ellipse((x - r, y - r // 2, x + r, y + r // 2), fill=(98, 92, 66))
    if stage == "during":
        draw.rectangle((760, 330, 1010, 470), fill=(232, 176, 42))
        draw.line([(770, 350), (600, 300), (560, 560)], fill=(214, 156, 30), width=26)


def _centre(draw: ImageDraw.ImageDraw, stage: str) -> None:
    width, height = SIZE
    draw.rectangle((0, 640, width, height), fill=(186, 180, 168))
    draw.rectangle((170, 360, 640, 650), fill=(238, 234, 224))
    draw.polygon([(140, 370), (405, 240), (670, 370)], fill=(126, 70, 58))
    draw.rectangle((870, 260, 884, 700), fill=(92, 96, 98))
    draw.line([(877, 268), (980, 268)], fill=(92, 96, 98), width=12)
    lamp = (250, 226, 120) if stage == "after" else (96, 98, 100)
    draw.ellipse((952, 262, 1010, 300), fill=lamp)
    if stage == "before":
        draw.polygon([(700, 740), (1000, 720), (1080, 830), (640, 850)], fill=(112, 104, 88))
    if stage == "during":
        draw.line([(820, 720), (870, 300)], fill=(160, 122, 70), width=14)
        draw.line([(900, 720), (890, 300)], fill=(160, 122, 70), width=14)
