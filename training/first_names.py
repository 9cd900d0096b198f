"""Make `kg/people/data/first_names.txt` from the name lists of Faker (MIT, https://github.com/joke2k/faker).

    pip install faker==40.54.0 && python training/first_names.py

Latin spellings as they stand; Russian, Ukrainian, Bulgarian and Macedonian ones in the German transcription that
newspapers use (Wolodymyr, Sergej). Sorted, one name a line, names of one letter left out.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from pathlib import Path

from faker.providers import person

TARGET = Path(__file__).parent.parent / "kg" / "people" / "data" / "first_names.txt"

CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяѓѕјљњќџ",
        "a,b,w,g,d,e,jo,sch,s,i,j,k,l,m,n,o,p,r,s,t,u,f,ch,z,tsch,sch,schtsch,,y,,e,ju,ja,gj,ds,j,lj,nj,kj,dsch".split(","),
        strict=True,
    )
)  # fmt: skip
UKRAINIAN = CYRILLIC | {"г": "h", "ґ": "g", "и": "y", "і": "i", "ї": "ji", "є": "je", "'": "", "’": ""}

LISTS = (
    "first_names",
    "first_names_male",
    "first_names_female",
    "first_names_nonbinary",
    "first_names_unisex",
)


def main() -> None:
    """Write the list."""
    names: set[str] = set()
    for module in pkgutil.iter_modules(person.__path__):
        if not module.ispkg:
            continue
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        table = UKRAINIAN if module.name == "uk_UA" else CYRILLIC
        for attribute in LISTS:
            listed = getattr(provider, attribute, ())
            if isinstance(listed, Iterable):  # some locales compute theirs from the other lists
                names |= set(latin(listed, table))
    TARGET.write_text("".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")
    print(f"{len(names)} names in {TARGET}")


def latin(names: Iterable[str], cyrillic: dict[str, str]) -> Iterable[str]:
    """Those of `names` that are one word of two or more letters in Latin script, transcribed where Cyrillic."""
    for name in names:
        word = name.strip()
        if any("\u0400" <= letter <= "\u04ff" for letter in word):
            word = "".join(cyrillic.get(letter, letter) for letter in word.lower()).capitalize()
        letters = word.replace("-", "")
        if len(letters) > 1 and letters.isalpha() and max(letters) < "\u0250" and word[0].isupper():
            yield word


if __name__ == "__main__":
    main()
