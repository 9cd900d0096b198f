"""Tokens and sentences of German text.

A text is cut into *pieces* that together are the whole text again: tokens, and the blank space between them.
So the offset of a token is the sum of the lengths before it, and never has to be searched for.
"""

from __future__ import annotations

import re
from typing import Final

LONGEST = 64
"""A longer run of letters or digits is cut into several tokens; no word of a newspaper is that long."""

_ABBREVIATIONS: Final = (
    "Abg Abs Abt Art Aufl Bd Bde Bgm Bsp Chr Co Corp Dipl Dr Dres Frh Gebr Hl Hr Hrn Hrsg Inc Ing Jh Jr Lic Ltd "
    "Mag Mio Mr Mrd Mrs Ms Nr Prof Rel Red Sen Sr St Std Str Tel Ult Verf Vors Ziff abzgl bspw bzgl bzw ca "
    "dgl ebd einschl etc evtl exkl geb gegr gest ggf ggü habil hl hrsg inkl insb jur lat lfd lt max med min mtl "
    "nat phil rer resp röm sog spez theol usf usw vgl verh verst vorm vs zzgl zzt"
).split()
"""Written with a full stop that does not end the sentence. A list of our own."""

_WORD: Final = r"[^\W_][\u0300-\u036f]*+"

TOKEN: Final = (
    rf"\b(?:{'|'.join(_ABBREVIATIONS)})\."
    r"|\b(?:[^\W\d_]\.-?){1,8}(?=\s*[^\W\d_a-zäöüß])"  # initials, before a capital: J. R. R., S.-H.
    r"|\b[a-zäöü]\.(?:\s?[a-zäöü]\.)+"  # z. B., u.a.
    r"|\d[\d.,:]{0,30}\d|\d"
    rf"|(?:{_WORD}){{1,{LONGEST}}}"
    rf"(?:(?:[-‐‑]|['’ʼ](?=\w)|[*:](?=in))(?:{_WORD}){{1,{LONGEST}}}){{0,8}}"
    r"[-‐‑]?"
    r"|\.{2,9}|[^\w\s]|_|[\u0300-\u036f]|\w"
)

_PIECE: Final = re.compile(rf"\s{{1,{LONGEST}}}|{TOKEN}")


def pieces(text: str) -> list[str]:
    """Cut `text` into tokens and blanks; joined, they are `text` again.

    >>> pieces("Dr. J. R. Ewing, SPD-Chefin in 2.Reihe")
    ['Dr.', ' ', 'J.', ' ', 'R.', ' ', 'Ewing', ',', ' ', 'SPD-Chefin', ' ', 'in', ' ', '2', '.', 'Reihe']
    """
    return _PIECE.findall(text)
