"""Datelines and credits: `PLACE CREDIT | text` at the start of a body (DUMP-FORMAT, section 1)."""

from __future__ import annotations

import re
from typing import NamedTuple

_BAR = " | "
_LONGEST = 120
_CREDITS = frozenset("taz dpa afp ap rtr reuters epd kna dapd ddp sid ips".split())
_PLACE = re.compile(r"(?:[A-ZÄÖÜÉÎŁŚŞÇĆČŠŽ]|an |auf |bei |im |in )[^!?:;|„“”\"»«\[\]()]{1,70}")
_BARE_PLACE = re.compile(r"[A-ZÄÖÜ][\w.’-]+(?:[ /][A-ZÄÖÜ][\w.’-]+){0,2}")
_ABBREVIATED = re.compile(r"\b(?:St|Bad|b|a|M|O|v|d)\.|[0-9]\.")
_PARTED = re.compile(r" ?/ ?(?!(?:M|Main|O|Oder)\b)| und |, ")

_CAPITALS = re.compile(r"((?:[A-ZÄÖÜ][A-ZÄÖÜß.-]+ )+)(?=([A-ZÄÖÜ][a-zäöüß]*)\b)")
_NO_PLACES = frozenset(
    "NATO USA SPD CDU CSU FDP AFD BSW EU UNO UN OSZE OECD UNESCO UNICEF UNHCR BKA BND DGB IG ARD ZDF WDR NDR RBB BVG "
    "DFB FIFA UEFA IOC PEGIDA NSU RAF RTL SWR MDR BDI IKEA AIDS HIV WHO IWF EZB WTO ASEAN HAMAS ISIS IS PKK YPG DER "
    "DIE DAS DEN DEM DES EIN EINE UND ODER MIT VON ZU ICH WIR IHR ES NICHT KEIN TAZ ZEIT SPIEGEL BILD LINKE GRÜNE "
    "DDR BRD GEZ BER BSR HSV FC SC BVB VFB BMW VW DHL DB ICE CO KI IT TV PC CEO PR".split()
)
_STARTERS = frozenset(
    "Es Der Die Das Den Dem Des Ein Eine Einen Einem Einer In Im Am An Auf Aus Bei Beim Mit Nach Vor Von Vom Für Als "
    "Wenn Seit Rund Mehr Zum Zur Zwei Drei Vier Fünf Mindestens Trotz Wegen Nur Er Sie Wer Was Bis Gegen Über Unter "
    "Um Zu So Da Hier Noch Kurz Erst".split()
)


class Dateline(NamedTuple):
    """What stands before the text: the place as printed, its parts, lower-cased credits, and where the text begins."""

    text: str | None
    places: tuple[str, ...]
    credits: tuple[str, ...]
    end: int


NO_DATELINE = Dateline(None, (), (), 0)


def find_dateline(paragraph: str) -> Dateline | None:
    """Find the dateline of an article's first paragraph, a line break counting as a blank; None where there is none."""
    head = paragraph[:_LONGEST].replace("\n", " ")
    bar = head.find(_BAR)
    if bar < 0:
        return _bare_capitals(head)
    before = head[:bar].strip()
    place, _, last = before.rpartition(" ")
    marks = tuple(last.lower().split("/"))
    if not _CREDITS.issuperset(marks):
        place, marks = before, ()
        if not _BARE_PLACE.fullmatch(place) or place.split()[0] in _STARTERS:
            return None
    if place and not _is_place(place):
        return None
    return Dateline(place or None, _places(place), marks, bar + len(_BAR))


def _is_place(text: str) -> bool:
    if text.isalpha() and text.istitle():
        return True
    return _PLACE.fullmatch(text) is not None and "." not in _ABBREVIATED.sub("", text)


def _places(text: str) -> tuple[str, ...]:
    return tuple(part for part in _PARTED.split(text) if part)


def _bare_capitals(head: str) -> Dateline | None:
    """Accept `GUSH ETZION Es ist …`: capitals without credit or bar. Rather miss one than invent one."""
    found = _CAPITALS.match(head)
    if found is None:
        return None
    words = found[1].split()
    bare = [word.strip(".-") for word in words]
    if len(words) > 3 or not _NO_PLACES.isdisjoint(bare) or max(map(len, bare)) < 4:
        return None
    if len(found[2]) < 2 or (len(words) == 1 and found[2] not in _STARTERS):
        return None
    place = found[1].strip()
    return Dateline(place, _places(place), (), found.end(1))
