"""Damaged pages and large archives: a short form that always runs, a long one for `make test-long`."""

from __future__ import annotations

import random
import tarfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from bench.generate import generate
from conftest import ROOT
from kg.dumps import decode
from kg.parse import parse_page, roles
from kg.rdf.serialize import count_triples

DUMPS = [path.read_bytes() for path in sorted((ROOT / "examples" / "dumps").rglob("*.txt"))]


def damaged(shuffle: random.Random) -> bytes:
    """A real page with bytes changed, lost, doubled, or mixed with another page."""
    page = bytearray(shuffle.choice(DUMPS))
    for _ in range(shuffle.randint(1, 12)):
        start = shuffle.randrange(len(page) + 1)
        end = min(len(page), start + shuffle.choice((1, 2, 7, 40, 400)))
        match shuffle.randrange(5):
            case 0:
                page[start:end] = shuffle.randbytes(end - start)
            case 1:
                del page[start:end]
            case 2:
                page[start:start] = page[start:end] * 3
            case 3:
                other = shuffle.choice(DUMPS)
                cut = shuffle.randrange(len(other))
                page[start:end] = other[cut : cut + 300]
            case _:
                lines = bytes(page).split(b"\n")
                shuffle.shuffle(lines)
                page = bytearray(b"\n".join(lines))
    return bytes(page)


@pytest.mark.parametrize(
    ("seed", "pages"),
    [(0, 400), *(pytest.param(seed, 2000, marks=pytest.mark.long) for seed in range(1, 20))],
)
def test_damaged_pages_keep_every_line_and_never_raise(seed: int, pages: int) -> None:
    shuffle = random.Random(seed)
    for _ in range(pages):
        text = decode(damaged(shuffle)).text
        parsed = parse_page(text, path="a.txt", sha256="0" * 64)
        universal = text.replace("\r\n", "\n").replace("\r", "\n")
        assert len(roles(parsed)) == universal.removesuffix("\n").count("\n") + 1


@pytest.mark.parametrize(
    ("seed", "pages"), [(0, 60), *(pytest.param(seed, 600, marks=pytest.mark.long) for seed in range(1, 6))]
)
def test_an_archive_of_damaged_pages_is_built(seed: int, pages: int, tmp_path: Path) -> None:
    shuffle = random.Random(seed)
    (tmp_path / "dumps").mkdir()
    for number in range(pages):
        (tmp_path / "dumps" / f"{number}.txt").write_bytes(damaged(shuffle))
    report = kg.build(tmp_path / "dumps", tmp_path / "out", evidence=True)
    assert report.files == pages
    assert count_triples(tmp_path / "out" / "graph.nt") == report.triples
    assert count_triples(tmp_path / "out" / "evidence.nt") > 0


@pytest.mark.long
@settings(max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=2000))
def test_any_text_has_a_role_for_every_line(text: str) -> None:
    parsed = parse_page(text, path="a.txt", sha256="0" * 64)
    covered = [number for _, first, last in parsed.lines for number in range(first, last + 1)]
    assert covered == list(range(1, len(covered) + 1))


@pytest.mark.long
def test_a_large_archive(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "dumps.tar", "w") as archive:
        for name, text in generate(20_000):
            data = text.encode()
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, BytesIO(data))
    report = kg.build(tmp_path / "dumps.tar", tmp_path / "out")
    assert (report.articles, report.refused) == (20_000, 0)
    assert (tmp_path / "out" / "graph.html").stat().st_size < 2_000_000
