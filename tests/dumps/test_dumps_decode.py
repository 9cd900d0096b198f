"""Bytes become text: UTF-8 at once, anything else with a note that says what was done."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dumps import decode

PAGE = """URI: \n       # taz.de -- Ärger über Öl: „Größe“ zählt\n       > Für die Übergänge – und
   IMG Bild: Café Schröder\n       Brüssel taz | Die Behörde prüft die Wärmewende.\n       Geht’s? Ja …
       4 Dec 2024\n   DIR Straßenbau\n"""
NOT_IN_CP850 = str.maketrans({"„": '"', "“": '"', "–": "-", "’": "'", "…": "..."})


def codes(data: bytes) -> list[str]:
    """The codes of the notes."""
    return [code for code, _ in decode(data).notes]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PAGE.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + PAGE.encode(), "utf-8"),
        (b"\xff\xfe" + PAGE.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + PAGE.encode("utf-16-be"), "utf-16-be"),
        (b"", "utf-8"),
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
    ],
)
def test_marked_encodings_need_no_note(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.notes) == (PAGE if len(data) > 3 else "", encoding, ())


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp850", "mac_roman"])
@pytest.mark.parametrize(
    "text",
    [
        PAGE,
        "       # taz.de -- Es ist schön\n",
        "   DIR Straßenbau\n   DIR Nato\n",
        "ÖSTERREICH\n",
        "Warum Sönderberg auf größere KÄSEREIEN hofft\n",
        "Ärger\n",
        "André Müller und René Böll\n",
        "Im Café Größenwahn\n",
        "Nach § 5 und für 5° über null: größtmöglich\n",
        "Übergrößenträger äußern Überdruß",
        "»Süß«, sagte Özdemir\n",
    ],
)
def test_german_text_in_old_encodings_is_detected(encoding: str, text: str) -> None:
    text = text.translate(NOT_IN_CP850) if encoding in {"cp850", "latin-1"} else text
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    found = "cp1252" if encoding == "latin-1" else encoding
    message = f"read as {found}: not UTF-8, and the likeliest of cp1252, cp850, mac_roman for German"
    assert (decoded.encoding, decoded.notes) == (found, (("encoding-detected", message),))


@pytest.mark.parametrize(
    "text", ["Er sagte: „Nein“ und ging.\n", "Das kostet 5 € – mehr nicht\n", "Geht’s?\n"]
)
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_typographic_marks_alone_are_enough(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_detection_looks_far_into_a_long_page() -> None:
    text = "       Plain line\n" * 10_000 + "Übergröße\n"
    assert decode(text.encode("cp850")).text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_detected(encoding: str) -> None:
    for text in (PAGE, "       # taz.de -- ASCII only\n"):
        decoded = decode(text.encode(encoding))
        assert (decoded.text, decoded.encoding) == (text, encoding)
        assert [code for code, _ in decoded.notes] == ["encoding-detected"]


@pytest.mark.parametrize("data", [b"\0", b"ab\0", b"\0\0\0\0", b"a\0bc", b"ab\0c\0de"])
def test_a_few_nuls_do_not_make_utf16(data: bytes) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding) == (data.replace(b"\0", b"").decode(), "utf-8")


def test_broken_characters_in_utf8_stay_utf8() -> None:
    line = "| Der Präsident der Vereinigten Staaten hat den Verbündeten gedroht, die G".encode()
    data = line + b"r\xc3" + "…\n".encode() + PAGE.encode()
    decoded = decode(data)
    assert decoded.text == line.decode() + "r\ufffd…\n" + PAGE
    assert decoded.encoding == "utf-8"
    assert decoded.notes == (("invalid-utf8", "1 times bytes that are not utf-8 became U+FFFD"),)


@pytest.mark.parametrize("tail", [b"\xc3", b"\xe2", b"\xe2\x80"])
def test_a_file_that_ends_within_its_only_umlaut_is_utf8(tail: bytes) -> None:
    decoded = decode(b"Nur ASCII davor: G" + tail)
    assert (decoded.text, decoded.encoding) == ("Nur ASCII davor: G\ufffd", "utf-8")
    assert [code for code, _ in decoded.notes] == ["invalid-utf8"]


def test_broken_bytes_behind_a_mark_are_said() -> None:
    decoded = decode(b"\xef\xbb\xbfa\xe4b")
    assert (decoded.text, decoded.encoding) == ("a\ufffdb", "utf-8")
    assert [code for code, _ in decoded.notes] == ["invalid-utf8"]
    decoded = decode(b"\xff\xfea\0b")
    assert (decoded.text, decoded.encoding) == ("a\ufffd", "utf-16-le")
    assert [code for code, _ in decoded.notes] == ["invalid-bytes"]


def test_replacement_characters_that_were_saved_are_not_counted() -> None:
    assert decode("a\ufffdb".encode()) == decode("a\ufffdb".encode())
    assert codes("a\ufffdb".encode()) == []
    decoded = decode("ä\ufffd".encode() + b"\xc3")
    assert decoded.notes == (("invalid-utf8", "1 times bytes that are not utf-8 became U+FFFD"),)


def test_control_characters_are_dropped_and_counted() -> None:
    decoded = decode(b"a\0b\x1b[31mc\x7fd\xc2\x9be\tf\r\ng\rh\n")
    assert decoded.text == "abcde\tf\r\ng\rh\n"
    message = "4 control characters were removed, those that end lines became blanks"
    assert decoded.notes == (("control-characters", message),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\x1b[1;31mrot\x1b[0m", "rot"),
        ("\x1b[?25l\x1b[2Kda\x1b(B", "da"),
        ("\x1b]0;Titel\x07da", "da"),
        ("\x1b[1 q\x1b[!pda\x1b=\x1b>\x1b#8\x1b%G", "da"),
        ("\x1b[ Text und \x1b7 Tote, \x1bPaul \x1b[(Foo)", "[ Text und 7 Tote, Paul [(Foo)"),
        ("\x1bP$qm\x1b\\da\x1b_Gf=1;AAAA\x1b\\\x1b^x\x1b\\\x1bXy\x1b\\", "da"),
        ("\x1b]8;;https://taz.de/\x1b\\Verweis\x1b]8;;\x1b\\", "Verweis"),
        ("\x1b]ohne Ende\nzwei\x07", "]ohne Ende\nzwei"),
        ("[31m und [1] bleiben", "[31m und [1] bleiben"),
        ("\x1bHallo \x9bWelt\x9b", "Hallo Welt"),
        ("\x1b[", "["),
    ],
)
def test_escape_sequences_go_whole(text: str, said: str) -> None:
    assert decode(text.encode()).text == said


@pytest.mark.parametrize("character", "\v\f\x1c\x1d\x1e\x85\u2028\u2029")
def test_other_line_ends_do_not_shift_the_lines(character: str) -> None:
    decoded = decode(f"ein{character}Wort\nzwei\n".encode())
    assert decoded.text == "ein Wort\nzwei\n"
    assert [code for code, _ in decoded.notes] == ["control-characters"]


@pytest.mark.parametrize("character", "\x00\x08\x0e\x1f\x7f\x80\x9f")
def test_each_kind_of_control_character_is_found_alone(character: str) -> None:
    assert decode(f"ä{character}b".encode()).text == "äb"


def test_no_break_spaces_and_their_like_stay() -> None:
    text = "5\u00a0Prozent\u202fmehr, Poli\u00adtik, «x»"
    assert decode(text.encode()).text == text
    assert codes(text.encode()) == []


def test_several_notes_come_in_order() -> None:
    assert codes("Größe\0".encode("cp1252") + b"\x81") == [
        "encoding-detected",
        "invalid-bytes",
        "control-characters",
    ]


def test_surrogates_cannot_come_through() -> None:
    for data in (b"\xed\xa0\x80", b"\xff\xfe\x00\xd8", b"\xfe\xff\xdc\x00\x00a"):
        decode(data).text.encode()


CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\U0010ffff]|[\u2028\u2029]")


@given(st.binary() | st.text().map(str.encode) | st.text().map(lambda text: text.encode("utf-16")))
def test_decoding_never_raises_and_leaves_no_control_characters(data: bytes) -> None:
    decoded = decode(data)
    assert not CONTROL.search(decoded.text)
    assert not any(
        unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in decoded.text if c not in "\t\n\r"
    )
    decoded.text.encode()
    assert (
        re.sub("[^\r\n]", "", decoded.text).splitlines() == decoded.text.count("\n") * [""]
        or "\r" in decoded.text
    )


@given(st.text() | st.text("\x1b\x07[]P;7mAz\n"))
def test_utf8_comes_back_but_for_control_characters(text: str) -> None:
    data = text.encode()
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return
    decoded = decode(data)
    if "\0" not in text:
        assert decoded.encoding == "utf-8"
        cleaned = re.sub("[\v\f\x1c-\x1e\x85\u2028\u2029]", " ", text)
        cleaned = re.sub("[\x00-\x08\x0e-\x1f\x7f-\x9f]", "", cleaned)
        if "\x1b" in text:  # what else goes with it has examples above
            assert not CONTROL.search(decoded.text)
            assert not Counter(decoded.text) - Counter(cleaned)
        else:
            assert decoded.text == cleaned
    if not CONTROL.search(text):
        assert (decoded.text, decoded.notes) == (text, ())


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))))
def test_utf16_with_a_mark_comes_back(text: str) -> None:
    assert decode(b"\xff\xfe" + text.encode("utf-16-le")).text == text
    assert decode(b"\xfe\xff" + text.encode("utf-16-be")).text == text
