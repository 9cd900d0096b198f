"""The members of tar and zip archives, read one at a time; nothing is written to the disk."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Self, cast

from kg.dumps.damage import DamageError, noticing_damage
from kg.dumps.formats import problem_of_nested
from kg.dumps.names import is_hidden, member_parts, printable
from kg.dumps.records import Document, Problem, Refused, problem_of_size

# Long names and attributes. The regular expressions that `tarfile` reads them with are slow on larger ones.
_MAX_TAR_HEADER_BYTES = 64 * 1024
_TAR_HEADERS = {
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
}
_ENCRYPTED = 0x1
_READABLE_ZIP = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class _Header(tarfile.TarInfo):
    """A header that does not let damage pass: `TarFile` takes a bad header after the first for the end."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """Read a header block; raises tarfile.ReadError, or tarfile.HeaderError at the archive's end."""
        try:
            header = super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if any(buf):
                raise tarfile.ReadError(str(error)) from error
            raise
        if header.size < 0 or (header.type in _TAR_HEADERS and header.size > _MAX_TAR_HEADER_BYTES):
            raise tarfile.ReadError("a header of an impossible size")
        return header


class _Tar(tarfile.TarFile):
    tarinfo = _Header
    members: list[tarfile.TarInfo]  # typeshed leaves it out


class _Prompt:
    """A stream that gives what it has: waiting for a full buffer would lose its beginning to damage behind it."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        return self._stream.read1(size)


class _Paths:
    """Paths of one archive's members; a name that comes again gets `#2`: an updated tar holds both versions."""

    def __init__(self, archive: str) -> None:
        self._archive = archive
        self._seen: set[str] = set()

    def new(self, parts: tuple[str, ...]) -> str:
        name = path = printable("/".join(parts)) or "unnamed"
        repetition = 1
        while path in self._seen:
            repetition += 1
            path = f"{name}#{repetition}"
        self._seen.add(path)
        return f"{self._archive}/{path}"


def tar_members(stream: io.BufferedIOBase, archive: str) -> Iterator[Document | Refused]:
    """The members of a tar archive in their order; `stream` is read through once.

    Archives that were joined end to end are read to the last one. Held in memory are one member and the names
    of all. Raises DamageError where the archive is damaged, and OSError.
    """
    paths = _Paths(archive)
    with noticing_damage():
        tar = _Tar.open(
            fileobj=cast("IO[bytes]", _Prompt(stream)),
            mode="r|",
            ignore_zeros=True,
            encoding="utf-8",
            errors="surrogateescape",
        )
    while True:
        with noticing_damage():
            member = tar.next()
        if member is None:
            return
        tar.members.clear()  # it would keep every header
        parts = member_parts(member.name)
        if member.isdir() or any(map(is_hidden, parts)):
            continue
        path = paths.new(parts)
        if problem := _tar_problem(member) or problem_of_nested(member.name) or problem_of_size(member.size):
            yield Refused(path, *problem)
        else:
            yield Document(path, _tar_content(tar, member))


def _tar_content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    if member.size < 0:  # an extended header can say so
        raise DamageError("a member of an impossible size")
    with noticing_damage():
        content = tar.extractfile(member)
        return content.read() if content else b""


def _tar_problem(member: tarfile.TarInfo) -> Problem | None:
    if member.issparse():
        return "not-a-file", "a sparse file, which no dump is"
    if member.isreg():
        return None
    if member.islnk():
        return "not-a-file", "a hard link; the file it stands for is read under its own name"
    if member.issym():
        return "not-a-file", "a symbolic link; what it leads to is read only if it is in the archive itself"
    return "not-a-file", "a pipe or a device, not a file"


def zip_members(location: Path, archive: str) -> Iterator[Document | Refused]:
    """The members of a zip archive in the order of its directory; a damaged member does not hide the others.

    Raises DamageError where the archive's directory is damaged or its members overlap, and OSError.
    """
    paths = _Paths(archive)
    with noticing_damage():
        file = zipfile.ZipFile(location)
    with file:
        members = file.infolist()
        if sum(member.compress_size for member in members) > location.stat().st_size:
            # So do bombs that give the same bytes under many names.
            raise DamageError("its members overlap")
        for member in members:
            # The format asks for "/", but some programs under Windows write their own separator.
            parts = member_parts(member.filename.replace("\\", "/"))
            if member.is_dir() or any(map(is_hidden, parts)):
                continue
            path = paths.new(parts)
            if (
                problem := _zip_problem(member)
                or problem_of_nested(path)
                or problem_of_size(member.file_size)
            ):
                yield Refused(path, *problem)
            else:
                yield _zip_content(file, member, path)


def _zip_problem(member: zipfile.ZipInfo) -> Problem | None:
    if stat.S_IFMT(member.external_attr >> 16) not in {0, stat.S_IFREG}:
        return "not-a-file", "a symbolic link or a special file"
    if member.flag_bits & _ENCRYPTED:
        return "encrypted", "needs a password; add it to the dumps without one"
    if member.compress_type not in _READABLE_ZIP:
        # `zipfile` inflates the others without a limit.
        return "unsupported-archive", "compressed in a way that is not read; make the zip with deflate"
    return None


def _zip_content(file: zipfile.ZipFile, member: zipfile.ZipInfo, path: str) -> Document | Refused:
    try:
        with noticing_damage(), file.open(member) as content:
            # Without a number, `read` would inflate first and cut off what is too much afterwards.
            return Document(path, content.read(member.file_size))
    except DamageError as error:
        return Refused(path, "corrupt-archive", f"this member is damaged ({error})")
