"""What a shard that was written before is good for."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zstandard

from kg.errors import OutputError
from kg.model import NameBook, NodeKind, Ref
from kg.parts import Common, Part, Told
from kg.pieces import FILES, DamagedError, KnownPieces, Piece, new_piece, short_digest
from kg.renewed_names import ChangedNames
from kg.resolve.known import Names
from kg.shard_writing import WriteOptions, WriteTask, write_shard
from kg.store.tables import EdgeRow
from kg.stored import Differences
from kg.writing import Tally, Written

ANNA, BEN = Ref(NodeKind.PERSON, "anna-kolb"), Ref(NodeKind.PERSON, "ben-kolb")
TAG = Ref(NodeKind.TAG, "deichbau")


def put(folder: Path, name: str, knowledge: list[str], evidence: list[str] | None = None) -> list[Piece]:
    """A written shard with a piece for each text."""
    made = [
        new_piece(
            short_digest(text.encode()),
            Written(text, proof, [EdgeRow(text, "b", "mentions")], Tally(), []),
            set(),
        )
        for text, proof in zip(knowledge, evidence or [""] * len(knowledge), strict=True)
    ]
    for index, file in enumerate(FILES):
        data = b"".join(stretches[index] for _, stretches in made)
        (folder / f"{name}.{file}.zst").write_bytes(zstandard.compress(data))
    pieces = [piece for piece, _ in made]
    (folder / f"{name}.pieces").write_bytes(msgspec.msgpack.encode(pieces))
    return pieces


def test_a_piece_is_taken_over_byte_for_byte(tmp_path: Path) -> None:
    texts = ["<a> <b> <c> .\n<a> <b> <d> .\n", "", '<ü> <b> "x\\n" .\n']
    pieces = put(tmp_path, "000", texts, ["", "<e> <v> <i> .\n", ""])
    known = KnownPieces(str(tmp_path), "000", short_digest((tmp_path / "000.pieces").read_bytes()))
    for number, text in enumerate(texts):
        assert known.number_of(short_digest(text.encode())) == number
        piece, stretches = known.taken(number)
        assert piece == pieces[number]
        assert bytes(stretches[0]).decode() == text
        assert list(map(len, stretches)) == list(piece.sizes)
    assert known.number_of(b"other") is None


def test_pieces_that_are_not_as_they_were_written_are_not_believed(tmp_path: Path) -> None:
    put(tmp_path, "000", ["<a> <b> <c> .\n"])
    path = tmp_path / "000.pieces"
    data = path.read_bytes()
    digest = short_digest(data)
    for place in range(len(data)):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        with pytest.raises(DamagedError):
            KnownPieces(str(tmp_path), "000", digest)
    path.write_bytes(data)
    (tmp_path / "000.nt.zst").write_bytes(zstandard.compress(b"<a> <b> <longer> .\n"))
    with pytest.raises(DamagedError):
        KnownPieces(str(tmp_path), "000", digest).taken(0)


def test_a_shard_that_lacks_a_decided_article_is_not_written(tmp_path: Path) -> None:
    told = Told("gone.txt", "{}")
    (tmp_path / "part").write_bytes(msgspec.msgpack.encode(Part((told,), ())))
    place = str(tmp_path / "none")
    options = WriteOptions("https://example.org/", "taz", with_text=False, evidence=False)
    task = WriteTask(0, place, str(tmp_path / "part"), place, "", "", str(tmp_path), options, "", "")
    with pytest.raises(OutputError, match="build again"):
        write_shard(task)
    assert not (tmp_path / "000.done").exists()


def test_what_one_article_asks_of_the_names_is_its_own() -> None:
    known = Names(NameBook({"Anna Kolb": ANNA}))
    one, other = known.unasked(), known.unasked()
    one.forms(ANNA)
    assert (one.asked, other.asked, known.asked) == ({ANNA}, set(), set())


def test_a_digest_tells_where_one_text_ends() -> None:
    assert short_digest(b"ab", b"c") != short_digest(b"a", b"bc")


def test_only_pieces_that_differ_are_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    many = [f"<s{number}> <p> <o> .\n" for number in range(40)]
    put(before, "000", [*many, "<x> <p> <1> .\n<x> <p> <2> .\n", "<moved> <p> <o> .\n"])
    put(after, "000", [*many, "<x> <p> <2> .\n<x> <p> <3> .\n"])
    put(before, "001", many[:0])
    put(after, "001", ["<moved> <p> <o> .\n"])
    found = Differences(before, after, ["000", "001"])
    assert not found.are_many
    lines = found.lines(0)
    assert lines.gone == {b"<x> <p> <1> .\n"}
    assert lines.come == {b"<x> <p> <3> .\n"}
    assert found.lines(1) == (set(), set())


def test_a_shard_in_one_piece_is_compared_line_by_line(tmp_path: Path) -> None:
    for name, lines in (("before", ["<a> <b> <c> .\n", "<d> <e> <f> .\n"]), ("after", ["<a> <b> <c> .\n"])):
        (tmp_path / name).mkdir()
        (tmp_path / name / "whole.nt.zst").write_bytes(zstandard.compress("".join(lines).encode()))
    found = Differences(tmp_path / "before", tmp_path / "after", ["whole"]).lines(0)
    assert found == ({b"<d> <e> <f> .\n"}, set())


def test_a_line_that_stands_twice_stays_while_it_stands_once(tmp_path: Path) -> None:
    for name, lines in (
        ("before", ["<a> <b> <c> .\n"] * 2),
        ("after", ["<a> <b> <c> .\n", "<d> <e> <f> .\n"]),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "whole.nt.zst").write_bytes(zstandard.compress("".join(lines).encode()))
    found = Differences(tmp_path / "before", tmp_path / "after", ["whole"]).lines(0)
    assert found == (set(), {b"<d> <e> <f> .\n"})


def test_where_most_changed_a_new_store_is_sooner_loaded(tmp_path: Path) -> None:
    moment = random.Random(1)
    for name in ("before", "after"):
        (tmp_path / name).mkdir()
        put(tmp_path / name, "000", [f"<s> <p> <{moment.random()}> .\n" for _ in range(50)])
    assert Differences(tmp_path / "before", tmp_path / "after", ["000"]).are_many


def names(focus: dict[str, Ref] | None = None, full: dict[str, Ref] | None = None, **tables: Any) -> Common:
    book = NameBook(full=full or {}, **tables)
    return Common(book, focus or {})


def touched(changed: ChangedNames, text: str, refs: set[Ref] | None = None, date: str | None = None) -> bool:
    return changed.touch(refs or set(), lambda: [text.encode()], lambda: date)


def test_a_name_touches_the_texts_that_hold_all_its_words() -> None:
    changed = ChangedNames(names(full={"Ben Kolb": BEN}), names(full={"Ben Kolb": BEN, "Anna Kolb": ANNA}))
    assert touched(changed, "Anna Kolbs Deich")
    assert touched(changed, "Kolb, so sagt Anna")
    assert not touched(changed, "Ben Kolb")
    assert not touched(changed, "Anna")
    assert touched(changed, "nichts", {ANNA})
    assert not touched(changed, "nichts", {BEN})


def test_a_word_inside_another_changed_word_is_seen() -> None:
    one, other = Ref(NodeKind.PLACE, "kirch"), Ref(NodeKind.PLACE, "kirchfurt")
    changed = ChangedNames(names(), names(full={"Kirch": one, "Kirchfurt Nord": other, "furt Nord": other}))
    assert touched(changed, "in Kirchfurt Nord")
    assert touched(changed, "in Kirch")
    assert not touched(changed, "in Nord")


def test_a_family_name_touches_the_texts_of_its_time() -> None:
    long = ("2001-01-01", "2003-12-31", ANNA)
    changed = ChangedNames(
        names(single_spans={"Kolb": (long,), "Reuter": (long,)}),
        names(single_spans={"Kolb": (long, ("2010-01-01", "2011-12-31", BEN)), "Reuter": (long,)}),
    )
    assert touched(changed, "Kolb", date="2010-05-01")
    assert touched(changed, "Kolb", date="2011-12-31")
    assert not touched(changed, "Kolb", date="2002-05-01")
    assert not touched(changed, "Kolb", date=None)
    assert not touched(changed, "Reuter", date="2010-05-01")


def test_a_family_name_borne_for_longer_touches_the_texts_of_the_time_since() -> None:
    before = ("2001-01-01", "2003-12-31", ANNA), ("2004-01-01", "2004-06-30", BEN)
    after = ("2001-01-01", "2004-02-29", ANNA), ("2004-03-01", "2004-08-31", BEN)
    changed = ChangedNames(names(single_spans={"Kolb": before}), names(single_spans={"Kolb": after}))
    months = [f"{year}-{month:02d}" for year in (2000, 2001, 2003, 2004, 2005) for month in range(1, 13)]
    found = [month for month in months if touched(changed, "Kolb", date=f"{month}-15")]
    assert found == ["2004-01", "2004-02", "2004-07", "2004-08"]


@pytest.mark.parametrize("name", ["van Aken", "D’Angelo", "Kuipers", "Kuipers-Brix"])
def test_a_name_that_another_may_stand_inside_touches_texts_of_any_time(name: str) -> None:
    changed = ChangedNames(names(), names(single_spans={name: (("2010-01-01", "2011-12-31", ANNA),)}))
    assert touched(changed, f"mit {name}", date="1999-01-01")


def test_what_a_tag_names_touches_what_links_to_the_tag() -> None:
    changed = ChangedNames(names(focus={}), names(focus={"deichbau": BEN}))
    assert touched(changed, "", {TAG})
    assert not touched(changed, "Deichbau")


def test_no_change_touches_nothing() -> None:
    assert not touched(ChangedNames(names(full={"A B": ANNA}), names(full={"A B": ANNA})), "A B", {ANNA, TAG})
