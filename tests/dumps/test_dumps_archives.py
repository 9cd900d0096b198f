"""Archives of every kind are read like folders, member by member."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from kg.dumps import Document, Refused
from kg.dumps.archives import tar_members
from tests.discovered import discover

Pages = dict[str, bytes]


def tar_bytes(pages: Pages, tar_format: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar archive of `pages`."""
    buffer = io.BytesIO()
    with tarfile.open(
        fileobj=buffer, mode="w", format=tar_format, encoding="utf-8", errors="surrogateescape"
    ) as tar:
        for name, data in pages.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def zip_bytes(pages: Pages, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of `pages`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as file:
        for name, data in pages.items():
            file.writestr(name, data)
    return buffer.getvalue()


def zstd(data: bytes) -> bytes:
    """One zstd frame."""
    return zstandard.ZstdCompressor().compress(data)


ARCHIVES: dict[str, Callable[[Pages], bytes]] = {
    "d.zip": zip_bytes,
    "stored.zip": lambda pages: zip_bytes(pages, zipfile.ZIP_STORED),
    "d.tar": tar_bytes,
    "D.TAR": tar_bytes,
    "d.tar.gz": lambda pages: gzip.compress(tar_bytes(pages)),
    "d.tgz": lambda pages: gzip.compress(tar_bytes(pages)),
    "d.tar.zst": lambda pages: zstd(tar_bytes(pages)),
    "d.tzst": lambda pages: zstd(tar_bytes(pages)),
}
PAGES = {"2024/ä.txt": "Größe".encode(), "a.txt": b"", "!6054758.txt": b"\0" * 70_000}


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_is_a_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(ARCHIVES[name](PAGES))
    expected = [Document(f"{name}/{path}", data) for path, data in PAGES.items()]
    assert list(discover([tmp_path / name])) == expected
    assert list(discover([tmp_path])) == expected


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_empty_archive_has_no_documents(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(ARCHIVES[name]({}))
    assert list(discover([tmp_path])) == []


@pytest.mark.parametrize(("suffix", "compress"), [("gz", gzip.compress), ("zst", zstd)])
def test_a_single_compressed_file_holds_one_document(
    tmp_path: Path, suffix: str, compress: Callable[[bytes], bytes]
) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / f"!605475.txt.{suffix}").write_bytes(compress(b"one "))
    assert list(discover([tmp_path])) == [Document(f"sub/!605475.txt.{suffix}/!605475.txt", b"one ")]


@pytest.mark.parametrize(("suffix", "compress"), [("gz", gzip.compress), ("zst", zstd)])
def test_joined_members_and_frames_are_read_to_the_last(
    tmp_path: Path, suffix: str, compress: Callable[[bytes], bytes]
) -> None:
    tar = tar_bytes(PAGES)
    parts = [tar[start : start + 1000] for start in range(0, len(tar), 1000)]
    (tmp_path / f"d.tar.{suffix}").write_bytes(b"".join(map(compress, parts)))
    (tmp_path / f"a.txt.{suffix}").write_bytes(compress(b"one ") + compress(b"") + compress(b"two"))
    documents = {item.path: item.data for item in discover([tmp_path]) if isinstance(item, Document)}
    assert documents.pop(f"a.txt.{suffix}/a.txt") == b"one two"
    assert documents == {f"d.tar.{suffix}/{path}": data for path, data in PAGES.items()}


def test_skippable_zstd_frames_are_skipped(tmp_path: Path) -> None:
    skippable = b"\x50\x2a\x4d\x18" + (5).to_bytes(4, "little") + b"hello"
    (tmp_path / "a.zst").write_bytes(skippable + zstd(b"text") + skippable)
    assert list(discover([tmp_path])) == [Document("a.zst/a", b"text")]


def test_tars_that_were_joined_end_to_end_are_read_to_the_last(tmp_path: Path) -> None:
    (tmp_path / "d.tar").write_bytes(tar_bytes({"a": b"1"}) + tar_bytes({"b": b"2"}))
    assert list(discover([tmp_path])) == [Document("d.tar/a", b"1"), Document("d.tar/b", b"2")]


@pytest.mark.parametrize("tar_format", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_every_format_of_tar_with_long_names(tmp_path: Path, tar_format: int) -> None:
    pages = {"/".join(["folder" * 5] * 7) + "/ä.txt": b"x", "b.txt": b"y" * 513}
    (tmp_path / "d.tar").write_bytes(tar_bytes(pages, tar_format))
    assert list(discover([tmp_path])) == [Document(f"d.tar/{path}", data) for path, data in pages.items()]


@given(
    st.dictionaries(st.from_regex(r"\A[a-zä]{1,150}\Z"), st.binary(max_size=2000), max_size=5),
    st.sampled_from([tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]),
)
def test_what_a_tar_holds_comes_back(pages: Pages, tar_format: int) -> None:
    stream = io.BytesIO(tar_bytes(pages, tar_format))
    assert list(tar_members(stream, "t")) == [Document(f"t/{path}", data) for path, data in pages.items()]


@pytest.mark.parametrize("make", [tar_bytes, zip_bytes])
def test_hidden_members_and_folders_are_skipped(tmp_path: Path, make: Callable[[Pages], bytes]) -> None:
    name = "d.zip" if make is zip_bytes else "d.tar"
    pages = dict.fromkeys((".x", "__MACOSX/a.txt", "a/.git/c", "a/b"), b"")
    (tmp_path / name).write_bytes(make(pages))
    assert list(discover([tmp_path])) == [Document(f"{name}/a/b", b"")]


@pytest.mark.parametrize("make", [tar_bytes, zip_bytes])
def test_member_names_cannot_lead_out_of_the_archive(tmp_path: Path, make: Callable[[Pages], bytes]) -> None:
    name = "d.zip" if make is zip_bytes else "d.tar"
    names = ("/etc/passwd", "../../a", "./b", "c/../d", "e\x1b[m\n", "..")
    (tmp_path / name).write_bytes(make(dict.fromkeys(names, b"")))
    found = [item.path for item in discover([tmp_path])]
    assert found == [f"{name}/{path}" for path in ("etc/passwd", "a", "b", "d", "e\\x1b[m\\x0a", "unnamed")]


def test_folders_in_a_zip_are_no_documents(tmp_path: Path) -> None:
    (tmp_path / "d.zip").write_bytes(zip_bytes({"a/": b"", "a/b.txt": b"x"}))
    assert list(discover([tmp_path])) == [Document("d.zip/a/b.txt", b"x")]


def test_backslashes_part_folders_in_a_zip(tmp_path: Path) -> None:
    (tmp_path / "d.zip").write_bytes(zip_bytes({"a\\b.txt": b"x"}))
    assert list(discover([tmp_path])) == [Document("d.zip/a/b.txt", b"x")]


def test_member_names_that_are_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "d.tar").write_bytes(tar_bytes({"stra\udcdfe": b"x"}, tarfile.GNU_FORMAT))
    assert list(discover([tmp_path])) == [Document("d.tar/stra\\xdfe", b"x")]


def test_a_member_that_comes_again_stays_beside_the_first(tmp_path: Path) -> None:
    pages = ({"a": b"1"}, {"./a": b"2"}, {"b/../a": b"3"}, {"a#2": b"4"})
    (tmp_path / "d.tar").write_bytes(b"".join(map(tar_bytes, pages)))
    assert list(discover([tmp_path])) == [
        Document("d.tar/a", b"1"),
        Document("d.tar/a#2", b"2"),
        Document("d.tar/a#3", b"3"),
        Document("d.tar/a#2#2", b"4"),
    ]


def test_archives_in_archives_are_refused(tmp_path: Path) -> None:
    pages = dict.fromkeys(("a.zip", "b.TAR.GZ", "c.gz", "d.7z", "e.txt"), b"x")
    (tmp_path / "o.tar").write_bytes(tar_bytes(pages))
    (tmp_path / "o.zip").write_bytes(zip_bytes(pages))
    (tmp_path / "p.zip.gz").write_bytes(gzip.compress(b"x"))
    found = [(item.path, item.code if isinstance(item, Refused) else "") for item in discover([tmp_path])]
    inner = [("a.zip", "nested-archive"), ("b.TAR.GZ", "nested-archive"), ("c.gz", "nested-archive")]
    inner += [("d.7z", "nested-archive"), ("e.txt", "")]
    assert found == [
        *((f"o.tar/{name}", code) for name, code in inner),
        *((f"o.zip/{name}", code) for name, code in inner),
        ("p.zip.gz/p.zip", "nested-archive"),
    ]


@pytest.mark.parametrize("name", ["d.7z", "d.RAR", "d.tar.bz2", "a.txt.xz"])
def test_other_archives_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    message = "archives of this kind are not read; use zip, tar, tar.gz or tar.zst"
    assert list(discover([tmp_path])) == [Refused(name, "unsupported-archive", message)]


def test_tar_members_that_are_no_files_are_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "d.tar", "w") as tar:
        for kind in (tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE):
            info = tarfile.TarInfo(f"kind-{kind.decode()}")
            info.type, info.linkname = kind, "/etc/passwd"
            tar.addfile(info)
        info = tarfile.TarInfo("last")
        info.size = 1
        tar.addfile(info, io.BytesIO(b"x"))
    found = list(discover([tmp_path]))
    assert found.pop() == Document("d.tar/last", b"x")
    assert [(item.path, item.code) for item in found if isinstance(item, Refused)] == [
        (f"d.tar/kind-{kind}", "not-a-file") for kind in (1, 2, 6, 3)
    ]
    assert len(found) == 4


def test_sparse_tar_members_are_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("sparse")
    info.pax_headers = {"GNU.sparse.map": "0,1", "GNU.sparse.size": "100000"}
    info.size = 1
    with tarfile.open(tmp_path / "d.tar", "w", format=tarfile.PAX_FORMAT) as tar:
        tar.addfile(info, io.BytesIO(b"x"))
    assert list(discover([tmp_path])) == [
        Refused("d.tar/sparse", "not-a-file", "a sparse file, which no dump is")
    ]


def test_zip_members_that_are_links_or_encrypted_or_compressed_otherwise_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as file:
        file.writestr(link, "/etc/passwd")
        file.writestr("bzip2", b"x", zipfile.ZIP_BZIP2)
        file.writestr("secret", b"x")
        file.writestr("open", b"x")
    data = bytearray((tmp_path / "d.zip").read_bytes())
    directory = data.rindex(b"PK\x01\x02", 0, data.rindex(b"secret"))
    data[directory + 8] |= 1  # general purpose flag: encrypted
    (tmp_path / "d.zip").write_bytes(data)
    assert [(item.path, item.code if isinstance(item, Refused) else "") for item in discover([tmp_path])] == [
        ("d.zip/link", "not-a-file"),
        ("d.zip/bzip2", "unsupported-archive"),
        ("d.zip/secret", "encrypted"),
        ("d.zip/open", ""),
    ]
