"""The phone's own reading and judging, asked in a real browser: photos, amounts, choices, rules."""

from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils.translation import override

import config
import field
from assets import kinds as asset_kinds
from maintenance import kinds
from maintenance.log_review import LogStanding
from maintenance.order_moves import ORDER_MOVES, REPAIRS
from sites.kinds import Kind
from tests.factories.heic import heic
from tests.factories.photos import gps, picture

pytestmark = pytest.mark.browser

FILES = Path(field.__file__).parent / "static"
SHARED = Path(config.__file__).parent / "static"
WORDS = """
window.gettext = (text) => text;
window.pgettext = (context, text) => text;
window.ngettext = (one, many, count) => (count === 1 ? one : many);
window.interpolate = (text, named) => text.replace(/%\\((\\w+)\\)s/g, (all, name) => named[name]);
"""
FACTS = """async (texts) => {
  const {readExif} = await import("/static/field/exif.js");
  return texts.map((text) => readExif(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer));
}"""
HOSTILE = """async (texts) => {
  const {pictureType, readExif} = await import("/static/field/exif.js");
  let [seed, read] = [7, 0];
  const chance = (most) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % most;
  };
  const judge = (bytes) => {
    const facts = readExif(bytes.buffer);
    pictureType(bytes.buffer);
    const {lon, lat, orientation} = facts;
    if ((lon === null) !== (lat === null) || !(orientation >= 1 && orientation <= 8)) throw facts;
    if (lon !== null && !(Math.abs(lon) <= 180 && Math.abs(lat) <= 85)) throw facts;
    read += 1;
  };
  for (const text of texts) {
    const whole = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    for (let end = 0; end <= whole.length; end += 1) judge(whole.slice(0, end));
    for (let turn = 0; turn < 3000; turn += 1) {
      const broken = whole.slice();
      for (let change = 0; change < 1 + chance(8); change += 1) {
        broken[chance(broken.length)] = chance(2) ? 255 : chance(256);
      }
      judge(broken);
    }
  }
  return read;
}"""
ASKED = """async ([module, name, many]) => {
  const found = await import(`/static/field/${module}.js`);
  return many.map((given) => found[name](...given));
}"""
CHOICES = """async () => {
  const all = await import("/static/field/choices.js");
  const names = Object.keys(all).filter((name) => name !== "word");
  return Object.fromEntries(names.map((name) => [name, all[name]()]));
}"""
IDENTIFIERS = """async () => {
  const {newId} = await import("/static/field/ids.js");
  const made = [newId(), newId(), newId()];
  const now = Date.now;
  Date.now = () => now() - 5 * 365 * 24 * 3600 * 1000;
  made.push(newId(), newId());
  return made;
}"""
SAME_CHOICES = {
    "TASKS": kinds.UpkeepTask,
    "UNITS": kinds.QuantityUnit,
    "STAGES": asset_kinds.PhotoStage,
    "RESULTS": asset_kinds.CheckResult,
    "SEVERITIES": asset_kinds.Severity,
    "DEFECT_KINDS": kinds.DefectKind,
    "DEFECT_STATES": kinds.DefectState,
    "PATROL_KINDS": kinds.PatrolKind,
    "INSPECTION_KINDS": kinds.InspectionKind,
    "ORDER_KINDS": kinds.OrderKind,
    "PRIORITIES": kinds.Priority,
    "ORDER_STATES": kinds.OrderState,
    "STANDINGS": LogStanding,
    "ASSET_KINDS": Kind,
}
TAKEN = {0x9003: "2026:06:07 08:09:10", 0x9011: "+08:00"}


def _answer(route):
    """Answer from the files as they lie there: no server and no database are needed for these."""
    path = urlsplit(route.request.url).path
    if not path.startswith(("/static/field/", "/static/js/")):
        route.fulfill(content_type="text/html", body="<!doctype html><title>modules</title>")
        return
    name = path.removeprefix("/static/")
    script = (FILES if name.startswith("field/") else SHARED) / name
    route.fulfill(content_type="text/javascript", body=script.read_text(encoding="utf-8"))


@pytest.fixture
def page(chromium):
    """A page that can import the phone's modules, with the words as they stand in the source."""
    context = chromium.new_context()
    page = context.new_page()
    page.add_init_script(WORDS)
    page.route("**/*", _answer)
    page.goto("http://localhost/")
    yield page
    context.close()


def _text(content):
    return base64.b64encode(content).decode()


def _facts(page, *contents):
    return page.evaluate(FACTS, [_text(content) for content in contents])


def _asked(page, module, name, *given):
    return page.evaluate(ASKED, [module, name, [list(one) for one in given]])


@pytest.mark.parametrize("make", [picture, heic])
def test_the_phone_reads_where_and_when_a_photo_was_taken(page, make):
    content = make(place=gps(t31=4.5), camera=TAKEN)
    facts = _facts(page, content)[0]
    assert (facts["lon"], facts["lat"]) == pytest.approx((117.06, 31.05))
    assert facts["accuracy_m"] == 4.5
    assert facts["taken_at"] == "2026-06-07T08:09:10+08:00"


def test_what_cannot_be_true_of_a_photo_is_left_out(page):
    void = picture(place=gps(t9="V"))
    null_island = picture(place=gps((0.0, 0.0, 0.0), (0.0, 0.0, 0.0)))
    other_datum = picture(place=gps(t18="BEIJING1954"))
    impossible = picture(place=gps((117.0, 61.0, 0.0)))
    no_day = picture(camera={0x9003: "2026:02:30 08:00:00"})
    plain = picture(camera={0x9003: "2026:02:28 08:00:00"}, turn=6)
    *without, wrong_day, district_time = _facts(
        page, void, null_island, other_datum, impossible, no_day, plain
    )
    assert [facts["lon"] for facts in without] == [None] * 4
    assert wrong_day["taken_at"] is None
    assert district_time["taken_at"] == "2026-02-28T08:00:00+08:00"
    assert district_time["orientation"] == 6


def test_no_bytes_whatever_break_the_reading_of_a_photo(page):
    contents = [make(place=gps(t31=4.5), camera=TAKEN, turn=6) for make in (picture, heic)]
    read = page.evaluate(HOSTILE, [_text(content) for content in contents])
    assert read == sum(len(content) + 1 for content in contents) + 2 * 3000


def test_amounts_are_judged_by_the_limits_of_the_register(page):
    limits = {"digits": 7, "places": 2}
    good = ["", "0", "12.50", "99999.99", "１２．５", " 3 "]
    bad = ["-1", "abc", "1.2.3", "100000", "1.234", "1e5", "∞"]
    problems = _asked(
        page, "forms/values", "amountProblem", *([text, limits] for text in [*good, *bad])
    )
    assert [bool(problem) for problem in problems] == [False] * len(good) + [True] * len(bad)


def test_a_chainage_is_read_as_it_is_written_in_the_field(page):
    road = {"start_m": 0, "end_m": 1200}
    written = ["K0+500", "k1+2", "500", "Ｋ0＋500.5", "", "K1+201", "K0+500.55", "half"]
    metres = _asked(page, "forms/values", "readChainage", *([text] for text in written))
    assert metres[:5] == [500, 1002, 500, 500.5, None]
    problems = _asked(page, "forms/values", "chainageProblem", *([text, road] for text in written))
    assert [bool(problem) for problem in problems] == [False] * 5 + [True] * 3


def test_the_phone_offers_the_choices_of_the_register_in_its_words(page):
    shown = page.evaluate(CHOICES)
    assert set(shown) == set(SAME_CHOICES)
    with override("en"):
        for name, choices in SAME_CHOICES.items():
            assert shown[name] == [[code, str(words)] for code, words in choices.choices], name


def test_the_phone_knows_the_moves_of_an_order_and_what_a_repair_needs(page):
    moves = page.evaluate('async () => (await import("/static/field/order_state.js")).MOVES')
    assert {(move["from"], move["to"], move["side"]) for move in moves} == {
        (move.from_state, move.to_state, move.side)
        for move in ORDER_MOVES.values()
        if move.side in ("executor", "inspector", "confirmer")
    }
    orders = [{"id": "1", "kind": kind} for kind in kinds.OrderKind.values]
    missing = _asked(page, "order_state", "missingFor", *([order, [], []] for order in orders))
    assert [
        order["kind"]
        for order, codes in zip(orders, missing, strict=True)
        if "photo_before" in codes and "photo_after" in codes
    ] == [kind for kind in kinds.OrderKind.values if kind in REPAIRS]
    assert all("log" in codes for codes in missing)


def test_a_search_finds_an_asset_by_name_code_or_first_letters(page):
    asset = {"name": "响洪甸水库路", "code": "Y012-3", "township_name": "麻埠镇"}
    searches = ["洪甸", "y012", "xhd", "skl", "麻埠", "", "zzz", "路响"]
    found = _asked(page, "initials", "finds", *([text, asset] for text in searches))
    assert found == [True] * 6 + [False] * 2


def test_the_first_letters_of_pinyin_are_those_of_the_words(page):
    words = ["安坝村道", "恩格尔路", "金寨梅山", "罗马农路", "区人社图文", "响园张庄", "斯水Y12 路"]
    found = _asked(page, "initials", "initials", *([text] for text in words))
    assert found == ["abcd", "egel", "jzms", "lmnl", "qrstw", "xyzz", "ssy12l"]


def test_a_light_turns_yellow_two_days_before_the_limit_and_red_behind_it(page):
    now = 1_790_000_000_000
    hours = [-1, 1, 47, 49]
    due = page.evaluate(
        "(all) => all.map((at) => new Date(at).toISOString())",
        [now + hour * 3_600_000 for hour in hours],
    )
    lights = _asked(page, "due_light", "lightOf", *([at, now] for at in due))
    assert lights == ["red", "yellow", "yellow", "green"]


def test_identifiers_keep_the_order_of_their_making_when_the_clock_is_set_back(page):
    page.evaluate(IDENTIFIERS)
    page.reload()
    made = page.evaluate(IDENTIFIERS)
    assert made == sorted(made)


def test_a_reason_is_said_once_and_in_the_words_of_the_form(page):
    late = "This lies in the future."
    errors = [
        {"field": "device_time", "code": "future", "message": late},
        {"field": "properties.device_time", "code": "future", "message": late},
        {"field": "answers.3.item", "code": "unknown", "message": "Answer each item once."},
        {"field": "add_photos.0.photo", "code": "gone", "message": "Send it again."},
        {"field": "position", "code": "gone", "message": "Send it again."},
        {"field": "op_id", "code": "odd", "message": "Nobody knows why."},
        {"field": "", "code": "", "message": ""},
    ]
    assert _asked(page, "states", "errorWords", [errors])[0] == [
        f"When: {late}",
        "Checklist: Answer each item once.",
        "Photos, Position: Send it again.",
        "Nobody knows why.",
    ]
