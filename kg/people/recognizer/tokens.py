"""Tokens of German text.

A text is cut into *pieces* that together are the whole text again: tokens, each with the one blank that may follow
it, and longer space. So the offset of a token is the sum of the lengths before it, and never has to be searched for.
"""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 64
"""A longer run of letters or digits is cut into several tokens; no word of a newspaper is that long."""

_ABBREVIATIONS: Final = (
    "Abg Abs Abt Art Aufl Bd Bde Bgm Bsp Chr Co Corp Dipl Dr Dres Frh Gebr Hl Hr Hrn Hrsg Inc Ing Jh Jr Lic Ltd "
    "Mag Mio Mr Mrd Mrs Ms Nr Prof Rel Red Sen Sr St Std Str Tel Ult Verf Vors Ziff abzgl bspw bzgl bzw ca "
    "dgl ebd einschl etc evtl exkl geb gegr gest ggf ggü habil hl hrsg inkl insb jur lat lfd lt max med min mtl "
    "nat phil rer resp röm sog spez theol usf usw vgl verh verst vorm vs zzgl zzt"
).split()
"""Written with a full stop that does not end the sentence. A list of our own."""

_LETTERS: Final = rf"(?:[^\W_][\u0300-\u036f]*+){{1,{LONGEST}}}+"
_PIECE: Final = re.compile(
    # Three pieces of four are such words, which the next line would cut likewise, and slower.
    rf"[A-Za-zÄÖÜäöüß]{{2,{LONGEST}}}+ |"
    r"(?:"
    rf"[^\W\d_]{{2,{LONGEST}}}+(?![\w.‐‑'’ʼ*:\u0300-\u036f-])"  # most words are plain, and these are told first
    r"|[,;)(]"
    r"|(?=\w{1,6}\.)(?:"
    rf"(?:{'|'.join(_ABBREVIATIONS)})\."
    r"|(?:[^\W\d_a-zäöüß]\.-?){1,8}(?=\s*[^\W\d_a-zäöüß])"  # initials, before a capital: J. R. R., S.-H.
    r"|[a-zäöü]\.(?:\s?[A-Za-zäöü]\.){1,5}"  # z. B., u.a.
    r")"
    r"|\d[\d.,:]{0,30}\d(?!\w)"
    rf"|{_LETTERS}(?:(?:[-‐‑]|['’ʼ](?=\w)|[*:](?=in)){_LETTERS}){{0,8}}[-‐‑]?"
    r"|\.{2,9}|[^\w\s]|_|\w"
    rf") ?|\s{{1,{LONGEST}}}"
)


def pieces(text: str) -> list[str]:
    """Cut `text` into tokens and space; joined, the pieces are `text` again.

    >>> pieces("Dr. J. R. Ewing, SPD-Chefin\\n in 2.Reihe")
    ['Dr. ', 'J. ', 'R. ', 'Ewing', ', ', 'SPD-Chefin', '\\n ', 'in ', '2', '.', 'Reihe']
    """
    return _PIECE.findall(text)


def token_of(piece: str) -> str:
    """The token that a piece is, without the blank after it; empty for space.

    >>> token_of("Ewing "), token_of(" \\n")
    ('Ewing', '')
    """
    return piece.rstrip() if piece[-1].isspace() else piece
