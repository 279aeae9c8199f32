"""The Chinese interface: the glossary's words, and no English left over on the pages."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.db.models import TextChoices
from django.test import Client
from django.utils import translation

from sites import kinds

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
ROW = re.compile(r"^\| (?P<chinese>.+?) \| (?P<english>.+?) \| `(?P<code>\w+)` \|$", re.MULTILINE)
LISTS = [
    found
    for found in vars(kinds).values()
    if isinstance(found, type) and issubclass(found, TextChoices) and found is not TextChoices
]
ENGLISH = re.compile(
    r"\b(?:sites?|map|layers?|filters?|list|sign|password|user|township|programme|state|kind|"
    r"delay|year|progress|export|import|print|search|close|zoom|all|show|the|and|of|with)\b",
    re.IGNORECASE,
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


class _Words(HTMLParser):
    """Gathers what a person reads or hears of a page: its text, titles and labels."""

    def __init__(self, page):
        super().__init__()
        self.words = []
        self.silent = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag in {"script", "style"}:
            self.silent = tag
        said = {"title", "aria-label", "placeholder", "alt"}
        self.words += [value for name, value in attrs if name in said and value]

    def handle_endtag(self, tag):
        if tag == self.silent:
            self.silent = ""

    def handle_data(self, data):
        if data.strip() and not self.silent:
            self.words.append(data.strip())


@pytest.fixture(scope="module")
def glossary():
    """Chinese and English of each code that the glossary names."""
    rows = ROW.finditer(GLOSSARY.read_text(encoding="utf-8"))
    return {row["code"]: (row["chinese"], row["english"]) for row in rows}


def _labels(members, language):
    with translation.override(language):
        return " / ".join(str(member.label) for member in members)


def _said(language, path, user=None):
    client = Client(headers={"accept-language": language})
    if user:
        client.force_login(user)
    response = client.get(path)
    assert response.status_code == 200
    return _Words(response.content.decode()).words


@pytest.mark.parametrize("choices", LISTS, ids=lambda choices: choices.__name__)
def test_a_list_of_values_has_the_glossarys_words_in_both_languages(choices, glossary):
    if choices.__name__ in glossary:
        rows = [(choices, glossary[choices.__name__])]
    else:
        rows = [([member], glossary[member.value]) for member in choices]
    for members, (chinese, english) in rows:
        assert _labels(members, "zh-hans") == chinese
        assert english.lower().startswith(_labels(members, "en").lower())


@pytest.mark.parametrize("path", ["/accounts/sign-in/", "/public/"])
def test_a_chinese_page_for_everybody_holds_no_english_word(world, path):
    said = _said("zh-Hans", path)
    assert any(CHINESE.search(words) for words in said)
    assert [words for words in said if ENGLISH.search(words)] == []


@pytest.mark.parametrize(
    "path", ["/", "/sites/", "/areas/", "/programmes/", "/imports/", "/exports/"]
)
def test_a_chinese_page_of_the_office_holds_no_english_word(world, path):
    said = _said("zh-Hans", path, world.users["district_planner"])
    assert [words for words in said if ENGLISH.search(words)] == []


@pytest.mark.parametrize("path", ["/accounts/sign-in/", "/accounts/password/"])
def test_an_english_page_holds_no_chinese_but_the_switch_to_it(world, path):
    said = _said("en", path, world.users["district_planner"] if "password" in path else None)
    assert {words for words in said if CHINESE.search(words)} == {"中文"}


def test_the_scripts_of_a_page_speak_its_language(client):
    chinese = client.get("/jsi18n/", headers={"accept-language": "zh-Hans"}).content.decode()
    english = client.get("/jsi18n/", headers={"accept-language": "en"}).content.decode()
    assert '"Whole district": "\\u5168\\u533a"' in chinese
    assert "\\u5168\\u533a" not in english
