"""Dumps of which only the wording changes: what was decided holds, and all comes out as a first build makes it."""

from __future__ import annotations

import hashlib
import random
import re
import shutil
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import kg
from bench.generate import generate, write_folder
from kg.network.selection import Selection
from kg.outputs import CACHE
from tests.build.test_incremental_builds import DUMPS, KilledError, compare_with_fresh
from tests.built import outputs

RELATED = """       # taz.de -- Hafen: {title}

       > {teaser}

       Es ist heute kalt und {wording}.

       Sabine Musterfrau aus Krähensee steht am Ufer und wartet auf das Schiff.

       4 Dec 2024

       ## ARTIKEL ZUM THEMA

 (DIR) Kommentar: {other}
"""


@pytest.fixture
def dumps(tmp_path: Path) -> Path:
    (tmp_path / "dumps").mkdir()
    for name, title, other in (("a", "Eins", "Niemand kennt es"), ("b", "Zwei", "Hafen: Eins")):
        write(tmp_path / "dumps" / f"{name}.txt", title=title, other=other)
    return tmp_path / "dumps"


def write(path: Path, wording: str = "trocken", teaser: str = "Ein Hafen.", **told: str) -> None:
    path.write_text(RELATED.format(wording=wording, teaser=teaser, **told), encoding="utf-8")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done anew, in order: `reduce` and `page`."""
    done: list[str] = []

    def note(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*arguments: Any, **options: Any) -> Any:
            done.append(name)
            return function(*arguments, **options)

        return noted

    for module, function, name in (
        ("kg.build", "reduce_shards", "reduce"),
        ("kg.page", "write_page", "page"),
    ):
        monkeypatch.setattr(
            import_module(module), function, note(name, getattr(import_module(module), function))
        )
    return done


def build(dumps: Path, out: Path) -> dict[str, bytes]:
    kg.build(dumps, out, evidence=True)
    return outputs(out)


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def test_another_word_lets_nothing_be_decided_or_drawn_again(
    dumps: Path, tmp_path: Path, asked: list[str]
) -> None:
    out, before = tmp_path / "out", (dumps / "a.txt").read_bytes()
    first = build(dumps, out)
    assert asked == ["reduce", "page"]
    write(dumps / "a.txt", "windig", title="Eins", other="Niemand kennt es")
    second = build(dumps, out)
    assert asked == ["reduce", "page"]
    assert sha256(before) in first["graph.nt"]
    assert sha256(before) not in second["graph.nt"]  # nor as that of a dump that names the stub
    assert first["graph.html"] == second["graph.html"]
    write(dumps / "a.txt", "grau", title="Eins", other="Niemand kennt es")
    build(dumps, out)
    write(dumps / "a.txt", title="Eins", other="Niemand kennt es")
    assert build(dumps, out) == first
    write(dumps / "a.txt", "grau", title="Eins", other="Niemand kennt es")
    build(dumps, out)
    assert asked == ["reduce", "page"]
    compare_with_fresh(dumps, out)


def test_a_teaser_that_is_shown_is_drawn_again(dumps: Path, tmp_path: Path, asked: list[str]) -> None:
    build(dumps, tmp_path / "out")
    write(dumps / "a.txt", teaser="Ein See.", title="Eins", other="Niemand kennt es")
    assert b"Ein See." in build(dumps, tmp_path / "out")["graph.html"]
    assert asked == ["reduce", "page", "page"]
    compare_with_fresh(dumps, tmp_path / "out")


@pytest.mark.parametrize(
    "told",
    [
        {"wording": "mit Erika Beispiel"},
        {"wording": "am\n       Krähensee"},
        {"wording": "sonnig.\n\n       Sabine Musterfrau geht"},
        {"title": "Drei"},
        {"other": "Niemand weiß es"},
    ],
    ids=lambda told: next(iter(told.values())).split()[0],
)
def test_what_tells_something_else_is_decided_anew(
    dumps: Path, tmp_path: Path, asked: list[str], told: dict[str, str]
) -> None:
    build(dumps, tmp_path / "out")
    write(dumps / "a.txt", **{"title": "Eins", "other": "Niemand kennt es", **told})
    build(dumps, tmp_path / "out")
    assert asked.count("reduce") == 2
    compare_with_fresh(dumps, tmp_path / "out")


def test_texts_of_dumps_that_may_be_one_article_are_compared_again(
    dumps: Path, tmp_path: Path, asked: list[str]
) -> None:
    shutil.copyfile(dumps / "a.txt", dumps / "copy.txt")
    build(dumps, tmp_path / "out")
    write(dumps / "copy.txt", "windig", title="Eins", other="Niemand kennt es")
    assert b"differing-texts" in build(dumps, tmp_path / "out")["findings.jsonl"]
    assert asked.count("reduce") == 2
    compare_with_fresh(dumps, tmp_path / "out")
    asked.clear()
    write(dumps / "b.txt", "windig", title="Zwei", other="Hafen: Eins")
    build(dumps, tmp_path / "out")
    assert asked == []
    compare_with_fresh(dumps, tmp_path / "out")


def test_other_options_let_nothing_be_decided_again(dumps: Path, tmp_path: Path, asked: list[str]) -> None:
    kg.build(dumps, tmp_path / "out")
    kg.build(dumps, tmp_path / "out", title="Another")
    kg.build(dumps, tmp_path / "out", evidence=True)
    assert asked.count("reduce") == 1
    compare_with_fresh(dumps, tmp_path / "out")
    kg.build(dumps, tmp_path / "out", full=True)
    assert asked.count("reduce") == 3  # with the fresh one


@pytest.mark.parametrize("name", ["parts", "common", "identities", "findings", "compared", "of"])
@pytest.mark.parametrize("harm", ["lost", "cut"])
def test_what_was_decided_and_is_damaged_is_decided_anew(
    dumps: Path, tmp_path: Path, asked: list[str], name: str, harm: str
) -> None:
    out = tmp_path / "out"
    build(dumps, out)
    write(dumps / "copy.txt", title="Zwei", other="Niemand kennt es")  # a finding
    write(dumps / "copy2.txt", "warm", title="Zwei", other="Niemand kennt es")
    build(dumps, out)
    path = out / CACHE / "decided" / name
    file = min(path.iterdir()) if path.is_dir() else path
    file.write_bytes(file.read_bytes()[:-1]) if harm == "cut" else file.unlink()
    write(dumps / "a.txt", "windig", title="Eins", other="Niemand kennt es")
    build(dumps, out)
    assert asked.count("reduce") == 3
    compare_with_fresh(dumps, out)


def test_a_page_that_is_damaged_is_made_anew(dumps: Path, tmp_path: Path, asked: list[str]) -> None:
    build(dumps, tmp_path / "out")
    page = tmp_path / "out" / CACHE / "page" / "graph.html"
    page.write_bytes(page.read_bytes().replace(b"Hafen", b"Haven"))
    write(dumps / "a.txt", "windig", title="Eins", other="Niemand kennt es")
    build(dumps, tmp_path / "out")
    assert asked == ["reduce", "page", "page"]
    compare_with_fresh(dumps, tmp_path / "out")


@pytest.mark.parametrize("step", ["_renewed", "_note"])
def test_a_build_that_is_killed_while_it_takes_over_leaves_nothing_half(
    dumps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    build(dumps, tmp_path / "out")
    write(dumps / "a.txt", "windig", title="Eins", other="Niemand kennt es")

    def kill(*_: object) -> None:
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(f"kg.last_reduce.{step}", kill)
        with pytest.raises(KilledError):
            build(dumps, tmp_path / "out")
    build(dumps, tmp_path / "out")
    compare_with_fresh(dumps, tmp_path / "out")


def test_a_teaser_that_is_not_shown_is_not_drawn_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[str]
) -> None:
    """The page shows twenty nodes of some hundred; pages of names list articles around each without their teasers."""
    monkeypatch.setattr("kg.network.selection.Selection", partial(Selection, top=20))
    dumps, out = tmp_path / "dumps", tmp_path / "out"
    write_folder(generate(40, 3), dumps)
    kg.build(dumps, out, pages=12)
    paths = [path for path in sorted(dumps.rglob("*.txt")) if b"> Der " in path.read_bytes()]
    for path in paths:
        path.write_bytes(path.read_bytes().replace(b"> Der ", b"> Ein "))
        kg.build(dumps, out, pages=12)
    kg.build(dumps, tmp_path / "fresh", pages=12)
    assert outputs(out) == outputs(tmp_path / "fresh")
    assert len(paths) > 4
    assert asked.count("page") < len(paths)


WORD = re.compile(rb"(?<= )[a-z]{4,}(?= )")


def run_rewordings(tmp_path: Path, asked: list[str], seed: int, times: int) -> None:
    """Put other words in the place of some, and first versions in that of others."""
    moment = random.Random(seed)
    dumps, out = tmp_path / "dumps", tmp_path / "out"
    shutil.copytree(DUMPS, dumps)
    texts = {path: path.read_bytes() for path in sorted(dumps.rglob("*.txt"))}
    words = sorted({word for text in texts.values() for word in WORD.findall(text)})
    kg.build(dumps, out, evidence=True)
    spared = 0
    for turn in range(times):
        for path in moment.sample(sorted(texts), moment.choice([1, 1, 2])):
            text = path.read_bytes()
            found = list(WORD.finditer(text))
            if found and moment.random() < 0.7:
                one = moment.choice(found)
                path.write_bytes(text[: one.start()] + moment.choice(words) + text[one.end() :])
            else:
                path.write_bytes(texts[path])
        asked.clear()
        kg.build(dumps, out, evidence=True)
        spared += "reduce" not in asked
        compare_with_fresh(dumps, out, (seed, turn))
    assert 0 < spared < times


def test_any_words_may_change(tmp_path: Path, asked: list[str]) -> None:
    run_rewordings(tmp_path, asked, 1, 8)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 12))
def test_any_words_may_change_for_long(tmp_path: Path, asked: list[str], seed: int) -> None:
    run_rewordings(tmp_path, asked, seed, 25)
