"""The generator of benchmark dumps: the same bytes again, the real format, and archives that are read back."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from kg.dumps import Document, decode
from tests.discovered import discover

GENERATOR = Path(__file__).parents[2] / "bench" / "generate.py"


def load() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("bench_generate", GENERATOR)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


generator = load()


def rows(text: str, heading: str) -> list[str]:
    """The typed rows between a heading and the next one."""
    below = text.partition(f"       ## {heading}\n")[2].partition("       ## ")[0]
    return re.findall("^   DIR (.*)$", below, re.MULTILINE)


def test_the_same_seed_gives_the_same_dumps_however_many() -> None:
    many = list(generator.generate(1100, seed=3))
    assert list(generator.generate(30, seed=3)) == many[:30]
    assert list(generator.generate(1005, seed=3)) == many[:1005]
    assert list(generator.generate(30, seed=4)) != many[:30]
    assert len({name for name, _ in many}) == len({text for _, text in many}) == 1100


def test_dumps_have_the_parts_of_the_format() -> None:
    pages = [text for _, text in generator.generate(300)]
    for text in pages:
        lines = text.split("\n")
        assert lines[0] == "URI: "
        assert lines[1].startswith("       # taz.de -- ")
        assert re.search(r"^       \d{1,2} [A-Z][a-z]{2} 20\d\d$", text, re.MULTILINE)
        prose = [
            line[7:] for line in lines[3:] if line.startswith("       ") and not line.startswith("       ##")
        ]
        assert max(map(len, prose)) <= 75
        related = rows(text, "ARTIKEL ZUM THEMA")
        assert len(rows(text, "TAGS")) - len(related) >= 2
        assert 1 <= len(rows(text, "AUTOREN")) <= 2
        anchors = re.findall(r"\[(\d+)\]\[", text)
        assert [f"[{n}]" for n in anchors] == [row.split()[0] for row in rows(text, "LINKS")]
    assert 4500 < sum(len(text.encode()) for text in pages) / len(pages) < 6500


def test_related_articles_and_links_lead_to_dumps() -> None:
    pages = dict(generator.generate(1000))
    headlines = {text.split("\n")[1].removeprefix("       # taz.de -- ") for text in pages.values()}
    named = {match[1] for name in pages if (match := re.search(r"!(\d+)\.txt$", name))}
    targets = set()
    for text in pages.values():
        assert headlines.issuperset(rows(text, "ARTIKEL ZUM THEMA"))
        targets |= {row.rpartition("/!")[2] for row in rows(text, "LINKS")}
    articles = {target for target in targets if not target.startswith("t")}
    assert len(named) == 334
    assert len(articles & named) > 100


@pytest.mark.parametrize("name", ["", "d.tar", "d.tar.gz", "d.tgz", "d.tar.zst", "d.zip"])
def test_folders_and_archives_are_read_back(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--archive", name] if name else []
    monkeypatch.setattr(sys, "argv", ["generate.py", "--articles", "20", "--out", str(tmp_path), *options])
    generator.main()
    assert capsys.readouterr().out.startswith("20 articles in ")
    found = {item.path: decode(item.data).text for item in discover([tmp_path]) if isinstance(item, Document)}
    prefix = f"{name}/" if name else ""
    assert found == {f"{prefix}{path}": text for path, text in generator.generate(20)}
