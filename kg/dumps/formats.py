"""Which archives there are; a file's name alone tells the kind."""

from __future__ import annotations

from kg.dumps.records import Problem

_FORMATS = {
    ".tar.gz": ("tar", "gz"),
    ".tgz": ("tar", "gz"),
    ".tar.zst": ("tar", "zst"),
    ".tzst": ("tar", "zst"),
    ".tar": ("tar", ""),
    ".zip": ("zip", ""),
    ".gz": ("file", "gz"),
    ".zst": ("file", "zst"),
}
_ENDINGS = tuple(_FORMATS)
_UNSUPPORTED = (".7z", ".rar", ".bz2", ".tbz", ".tbz2", ".xz", ".txz", ".lzma")


def format_of(name: str) -> tuple[str, str]:
    """The container (`tar`, `zip` or `file`) and the compression (`gz`, `zst` or none) of a file of this name."""
    lowered = name.lower()
    if not lowered.endswith(_ENDINGS):
        return "file", ""
    return next((kind for suffix, kind in _FORMATS.items() if lowered.endswith(suffix)))


def problem_of_format(name: str) -> Problem | None:
    """Why a file of this name is not read, if it is an archive of another kind."""
    if not name.lower().endswith(_UNSUPPORTED):
        return None
    return "unsupported-archive", "archives of this kind are not read; use zip, tar, tar.gz or tar.zst"


def problem_of_nested(name: str) -> Problem | None:
    """Why a member of this name is not read, if it is an archive of any kind."""
    if format_of(name) == ("file", "") and not problem_of_format(name):
        return None
    return "nested-archive", "an archive in an archive is not opened; unpack the outer one first"
