"""The examples are what they claim to be: re-makeable, in the format, rich enough, and with offsets that point."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
DUMPS = EXAMPLES / "dumps"
EXPECTED = EXAMPLES / "expected"
WORLD = {"articles.json", "people.json", "tags.json", "things.json"}


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@cache
def world(name: str) -> Any:
    return load(EXPECTED / f"{name}.json")


@cache
def facts() -> tuple[dict[str, Any], ...]:
    return tuple(load(path) for path in sorted(EXPECTED.rglob("*.json")) if path.name not in WORLD)


def text_of(fact: dict[str, Any]) -> str:
    return (DUMPS / str(fact["file"])).read_bytes().decode("utf-8")


def texts(rendering: str) -> list[tuple[str, str]]:
    return [(fact["file"], text_of(fact)) for fact in facts() if fact["rendering"] == rendering]


@pytest.mark.parametrize("seed", ["0", "1"])
def test_making_them_again_changes_nothing(seed: str) -> None:
    environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    command = [sys.executable, str(EXAMPLES / "make.py"), "--check"]
    with tempfile.TemporaryDirectory() as elsewhere:
        run = subprocess.run(
            command, cwd=elsewhere, env=environment, capture_output=True, text=True, check=False
        )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_the_maker_knows_nothing_of_kg() -> None:
    imports = re.compile(r"^\s*(?:import|from)\s+kg\b", re.MULTILINE)
    sources = [EXAMPLES / "make.py", *sorted((EXAMPLES / "newsroom").glob("*.py"))]
    assert len(sources) > 5
    assert [path.name for path in sources if imports.search(path.read_text(encoding="utf-8"))] == []


def test_every_dump_has_its_facts() -> None:
    dumps = {path.relative_to(DUMPS).as_posix() for path in DUMPS.rglob("*") if path.is_file()}
    assert dumps == {fact["file"] for fact in facts()}


def test_enough_of_everything() -> None:
    articles = [article for article in world("articles").values() if not article["stub"]]
    renderings = Counter(fact["rendering"] for fact in facts())
    long_enough = [article for article in articles if len(article["body"]) >= 1000]
    assert len(articles) >= 100
    assert len(long_enough) >= 80
    assert {article["date"][:4] for article in articles} == {"2022", "2023", "2024"}
    assert set(renderings) == {"gopherproxy", "mills", "table", "menu", "gemini", "phoxy"}
    assert min(renderings.values()) >= 10
    assert {fact["kind"] for fact in facts()} == {"article", "topic", "author", "section"}
    assert len([person for person in world("people") if len(person["articles"]) >= 2]) >= 40


def test_threads_close() -> None:
    articles = world("articles")
    mutual = [
        (ident, other)
        for ident, article in articles.items()
        for other in article["related"]
        if ident in articles[other]["related"]
    ]
    newer = [
        (ident, other)
        for ident, article in articles.items()
        for other in article["related"]
        if (articles[other]["date"] or "") > (article["date"] or "9999")
    ]
    assert len(mutual) >= 100
    assert len(newer) >= 50


def test_mentions_point_at_their_text() -> None:
    count = 0
    for article in world("articles").values():
        parts = {"headline": article["headline"], "abstract": article["abstract"], "body": article["body"]}
        for mention in article["mentions"]:
            part = (
                article["captions"][mention["image"]]
                if mention["part"] == "caption"
                else parts[mention["part"]]
            )
            assert part[mention["start"] : mention["end"]] == mention["text"]
            count += 1
    assert count > 1200


def test_mentions_name_known_persons_by_a_name_of_theirs() -> None:
    people = {person["id"]: person for person in world("people")}
    for ident, article in world("articles").items():
        for mention in article["mentions"]:
            if mention["kind"] != "person":
                continue
            person = people[mention["person"]]
            names = [person["name"], *person["spellings"], *person["families"], person["given"] or ""]
            words = {word.casefold() for name in names for word in name.split()} | {"friedrich"}
            said = {word.casefold().removesuffix("’") for word in mention["text"].split()}
            known = words | {f"{word}s" for word in words}
            assert said <= known, (ident, mention)
            assert ident in person["articles"]


def test_namesakes_know_each_other_and_nobody_else_shares_a_name() -> None:
    people = world("people")
    pairs = {frozenset((person["id"], other)) for person in people for other in person["namesakes"]}
    same = {
        frozenset((one["id"], two["id"]))
        for one in people
        for two in people
        if one["id"] < two["id"] and one["name"] == two["name"]
    }
    assert pairs == same
    assert len(pairs) >= 1


def test_person_tags_name_persons() -> None:
    people = {person["id"] for person in world("people")}
    kinds = Counter(tag["kind"] for tag in world("tags").values())
    assert set(kinds) == {"person", "organization", "place", "topic", "series"}
    assert {tag["person"] for tag in world("tags").values() if tag["kind"] == "person"} <= people


def test_gopherproxy_lines_have_six_columns_and_75_code_points() -> None:
    typed = re.compile(r"(?:   DIR|   IMG|  HTML) .")
    for file, text in texts("gopherproxy"):
        first, *lines = text.split("\n")
        assert first.startswith("URI: "), file
        if any(line.startswith(("DIR ", "# taz.de")) for line in lines):
            continue  # an extraction that lost the indentation
        for line in lines:
            if line and not typed.match(line):
                assert line.startswith("       "), (file, line)
                assert len(line) - 7 <= 75 or line.startswith("       # taz.de -- "), (file, line)


def test_prose_is_wrapped_greedily() -> None:
    checked = 0
    for file, text in texts("gopherproxy"):
        lines = text.split("\n")
        body = lines[: lines.index("       ## TAGS")] if "       ## TAGS" in lines else []
        if "\u00ad" in text or file in shortened_files():
            continue
        for line, following in pairwise(body):
            prose = (line[7:], following[7:])
            if all(
                part and not part.startswith(("> ", "#", "[")) and part[0] != " " for part in prose
            ) and all(part.startswith("       ") for part in (line, following)):
                assert len(prose[0]) + 1 + len(prose[1].split()[0]) > 75, (file, line)
                checked += 1
    assert checked > 1000


def shortened_files() -> set[str]:
    """Files whose lines break early because soft hyphens were lost after they had counted."""
    gendered = re.compile(r"\w[:*]in(?:nen)?\b")
    return {fact["file"] for fact in facts() if gendered.search(text_of(fact))}


def test_table_rows_are_cut_at_80_bytes() -> None:
    cut = broken = 0
    for file, text in texts("table"):
        for row in text.split("\n"):
            assert row.endswith(" |"), (file, row)
            content = row.removesuffix(" |").removesuffix(" |").removeprefix("| ")
            if content.endswith("…") and len(content.encode()) > 78:
                kept = content.removesuffix("…")
                cut += 1
                broken += "\ufffd" in kept
                assert 77 <= len(kept.replace("\ufffd", "").encode()) <= 79, (file, row)
            else:
                assert len(content.encode()) <= 80, (file, row)
    assert cut >= 20
    assert broken >= 1


def test_menus_are_rfc_1436() -> None:
    for file, text in texts("menu"):
        *rows, end, rest = text.split("\r\n")
        assert (end, rest) == (".", ""), file
        for row in rows:
            kind_and_label, selector, host, port = row.split("\t")
            assert kind_and_label[0] in "i1hI", (file, row)
            assert (selector == "") == (kind_and_label[0] == "i"), (file, row)
            assert (host, port) == ("taz.de", "70")


def test_bare_renderings_have_no_marks() -> None:
    for file, text in texts("gemini"):
        assert text.startswith("taz.de -- "), file
        assert not re.search(r"^(?:#|>)", text, re.MULTILINE), file
    for file, text in texts("phoxy"):
        assert text.split("\n")[0].endswith("P H O X Y"), file
        assert not re.search(r"^ *(?:DIR|IMG|HTML) ", text, re.MULTILINE), file


TRAPS = {
    "touching links": r"\[\d+\]\[[^\]]*-\]\[\d+\]\[",
    "a link text over a line break": r"\[\d+\]\[[^\]\n]+\n[^\]]+\]",
    "a literal ellipsis": r" \[\.\.\.\] ",
    "an external link": r"HTML \[\d+\] URL:https://",
    "a soft hyphen": "in\u00adnen",
    "two places": r"Belgorin und Vresk taz \| ",
    "two places with a stroke": r"MOORSIEL/LÜDERSTADT taz \| ",
    "two credits": r"KAIRO afp/taz \| ",
    "a bare dateline": r"^       NEU VRESK Es ist",
    "a date as a paragraph of the body": r"^       3 Oct 2023\n       \n       Der Heimatblock",
    "subheads in a row": r"^       ## .*\n       \n       ## ",
    "a subhead over two lines": r"^       ## .{60,}\n       [^ \n]",
    "an empty subhead": r"^       ##\n       Die Stunde davor",
    "a subhead before any prose": r"^       \n       ## LINKS\n       \n       Hier biegt",
    "a bullet": r"> ■ ",
    "a hyphenation leftover": "Kultur- Seiten",
    "an alias": r"Timon Lenz\*",
    "a dropped break": r"Donnerstag\.Die",
    "mismatched quotes": r"„[^“]*\"",
    "an ampersand in a headline": r"# taz\.de -- .*&",
    "a semicolon in a teaser": r"^       > .*;",
    "a caption with a colon": r"Bild: .*: .",
    "a caption that starts with dots": r"Bild: \.\.\.",
    "a caption that is a quotation": r"Bild: „",
    "a link in a caption": r"Bild: .*\[\d+\]\[",
    "no authors under AUTOREN": r"## AUTOREN\n       \n       ## TAGS",
    "a pen name": r"^   DIR Knurrhahn$",
    "an agency as author": r"^   DIR dpa$",
    "several colons": r"# taz\.de -- Spendenaffäre: Die Akte Heimatblock: ",
    "a slug with a stroke": r"/Sturm-am-4/5-Januar/!\d+",
    "a search": r"DIR \[\d+\] /!s=",
    "a section": r"DIR \[\d+\] /!p\d+",
    "an author": r"DIR \[\d+\] /!a\d+",
    "a ticker": r"# taz\.de -- \+\+\+ .* \+\+\+: ",
    "an agency mark at the end": r"\(dpa\)",
    "an address": r"\AURI: gopher://taz\.de/1/!\d+",
    "an address in a query": r"\AURI: .*\?q=taz\.de%2F1%2F%21\d+",
    "an address as a parameter": r"\AURI: .*url=gopher%3A%2F%2Ftaz\.de%3A70%2F1%2F%21\d+",
    "an address with a slug": r"\AURI: gopher://taz\.de:70/1/[^!]+/!\d+",
    "no indentation": r"^DIR [A-Z]",
}


@pytest.mark.parametrize("pattern", TRAPS.values(), ids=TRAPS.keys())
def test_trap_is_set(pattern: str) -> None:
    assert any(re.search(pattern, text, re.MULTILINE) for _, text in texts("gopherproxy"))


def test_fewer_tags_than_related_articles() -> None:
    flat = [
        fact for fact in facts() if fact["kind"] == "article" and len(fact["tags"]) < len(fact["related"])
    ]
    assert any(all(row["tag"] is None for row in fact["related"]) for fact in flat)


def test_two_articles_share_a_headline() -> None:
    articles = world("articles").values()
    dates: dict[str, set[str]] = {}
    for article in articles:
        dates.setdefault(article["headline"], set()).add(article["date"])
    assert max(len(found) for found in dates.values()) == 2


def test_file_names_carry_numbers_in_three_ways() -> None:
    names = [Path(fact["file"]).stem for fact in facts() if fact["number"]]
    for form in (r"!\d{7}", r"%21\d{7}", r"\d{7}"):
        assert any(re.fullmatch(form, name) for name in names), form


def test_some_kickers_stay_uncertain_and_most_do_not() -> None:
    certain = Counter(fact["kicker_certain"] for fact in facts() if fact["kind"] == "article")
    assert 2 <= certain[False] <= 10
    assert certain[True] > 150


def test_the_readme_counts_right() -> None:
    articles = sum(not article["stub"] for article in world("articles").values())
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert f"{articles} articles" in readme
    assert f"{len(facts())} dump files" in readme
