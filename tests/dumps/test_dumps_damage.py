"""Damaged, truncated and malicious archives: what can be read is read, the rest is refused, memory stays low."""

from __future__ import annotations

import gzip
import io
import random
import struct
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.dumps import MAX_DOCUMENT_BYTES, Document, Refused
from tests.discovered import discover

RANDOM = random.Random(5)
# Not compressible, so that a cut falls into the data.
PAGES = {f"{n}.txt": RANDOM.randbytes(3000) for n in range(4)}


def tar_bytes(pages: dict[str, bytes]) -> bytes:
    """A tar archive of `pages`."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, data in pages.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def zip_bytes(pages: dict[str, bytes]) -> bytes:
    """A zip archive of `pages`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in pages.items():
            file.writestr(name, data)
    return buffer.getvalue()


def read(folder: Path, name: str, data: bytes) -> tuple[list[str], list[tuple[str, str]]]:
    """Paths of the documents, which must hold what they held before, and paths and codes of the refusals."""
    (folder / name).write_bytes(data)
    found = list(discover([folder / name]))
    documents = [item for item in found if isinstance(item, Document)]
    assert all(item.data == PAGES[item.path.rpartition("/")[2]] for item in documents)
    return [item.path for item in documents], [(i.path, i.code) for i in found if isinstance(i, Refused)]


TAR = tar_bytes(PAGES)


@pytest.mark.parametrize("name", ["d.tar", "d.tar.gz"])
def test_a_tar_that_is_cut_off_keeps_what_came_before(tmp_path: Path, name: str) -> None:
    data = gzip.compress(TAR) if name == "d.tar.gz" else TAR
    within_third = data.index(PAGES["2.txt"][:20]) + 1000 if name == "d.tar" else 7500
    documents, refused = read(tmp_path, name, data[:within_third])
    assert refused == [(name, "corrupt-archive")]
    assert documents == [f"{name}/0.txt", f"{name}/1.txt"]


@pytest.mark.parametrize("name", ["d.tar", "d.tar.gz", "d.tar.zst"])
def test_a_tar_that_is_cut_off_anywhere_is_noticed(tmp_path: Path, name: str) -> None:
    data = TAR
    if name == "d.tar.gz":
        data = gzip.compress(TAR)
    elif name == "d.tar.zst":
        data = zstandard.ZstdCompressor().compress(TAR)
    end = TAR.rindex(PAGES["3.txt"]) + 3000 if name == "d.tar" else len(data)
    for length in range(1, end, 211):
        documents, refused = read(tmp_path, name, data[:length])
        assert refused == [(name, "corrupt-archive")], length
        assert documents == [f"{name}/{page}" for page in PAGES][: len(documents)]


def test_a_large_tar_zst_that_is_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    pages = {f"{n}.txt": RANDOM.randbytes(100_000) for n in range(9)}
    data = zstandard.ZstdCompressor().compress(tar_bytes(pages))
    (tmp_path / "d.tar.zst").write_bytes(data[: len(data) // 2])
    *documents, last = discover([tmp_path])
    assert documents == [Document(f"d.tar.zst/{n}.txt", pages[f"{n}.txt"]) for n in range(len(documents))]
    assert len(documents) >= 2
    assert isinstance(last, Refused)
    assert (last.path, last.code) == ("d.tar.zst", "corrupt-archive")


def test_a_bad_header_in_the_middle_of_a_tar_is_not_its_end(tmp_path: Path) -> None:
    data = bytearray(tar_bytes(PAGES))
    header = data.index(b"2.txt")
    data[header] ^= 0x55
    assert read(tmp_path, "d.tar", bytes(data)) == (
        ["d.tar/0.txt", "d.tar/1.txt"],
        [("d.tar", "corrupt-archive")],
    )


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_a_single_file_that_is_cut_off_is_refused(tmp_path: Path, suffix: str) -> None:
    page = PAGES["0.txt"]
    data = gzip.compress(page) if suffix == "gz" else zstandard.ZstdCompressor().compress(page)
    for length in (5, len(data) // 2, len(data) - 1):
        refused = [(f"0.txt.{suffix}", "corrupt-archive")]
        assert read(tmp_path, f"0.txt.{suffix}", data[:length]) == ([], refused)


@pytest.mark.parametrize("name", ["d.zip", "d.tar", "d.tar.gz", "d.tar.zst", "d.gz", "d.zst"])
def test_files_that_are_no_archives_are_refused(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, name, b"URI: \n       # taz.de -- Kein Archiv\n" * 50) == (
        [],
        [(name, "corrupt-archive")],
    )


def test_a_zip_without_its_directory_is_refused(tmp_path: Path) -> None:
    data = zip_bytes(PAGES)
    assert read(tmp_path, "d.zip", data[: len(data) - 30]) == ([], [("d.zip", "corrupt-archive")])


def test_a_damaged_zip_member_does_not_hide_the_others(tmp_path: Path) -> None:
    data = bytearray(zip_bytes(PAGES))
    data[data.index(b"1.txt") + 1500] ^= 0xFF
    documents, refused = read(tmp_path, "d.zip", bytes(data))
    assert documents == ["d.zip/0.txt", "d.zip/2.txt", "d.zip/3.txt"]
    assert refused == [("d.zip/1.txt", "corrupt-archive")]


@pytest.mark.parametrize("name", ["0.txt.gz", "0.txt.zst", "d.tar.gz", "d.tar.zst", "d.zip"])
def test_a_bomb_is_not_inflated_beyond_the_limit(tmp_path: Path, name: str) -> None:
    zeros = bytes(20 * MAX_DOCUMENT_BYTES)
    data = (
        zip_bytes({"0.txt": zeros})
        if name == "d.zip"
        else tar_bytes({"0.txt": zeros})
        if "tar" in name
        else zeros
    )
    if name.endswith("gz"):
        data = gzip.compress(data, 1)
    elif name.endswith("zst"):
        data = zstandard.ZstdCompressor().compress(data)
    del zeros
    (tmp_path / name).write_bytes(data)
    del data
    tracemalloc.start()
    try:
        found = list(discover([tmp_path]))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == [Refused(f"{name}/0.txt", "too-large", "larger than 16 MiB, which no dump of a page is")]
    assert peak < 4 * MAX_DOCUMENT_BYTES


def test_a_zip_member_that_is_larger_than_it_says_is_refused(tmp_path: Path) -> None:
    data = bytearray(zip_bytes({"0.txt": bytes(10 * MAX_DOCUMENT_BYTES)}))
    directory = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, directory + 24, 1000)  # the uncompressed size
    (tmp_path / "d.zip").write_bytes(data)
    tracemalloc.start()
    try:
        (found,) = discover([tmp_path])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(found, Refused)
    assert (found.path, found.code) == ("d.zip/0.txt", "corrupt-archive")
    assert peak < MAX_DOCUMENT_BYTES


def test_a_zip_whose_members_share_their_bytes_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "d.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("0.txt", RANDOM.randbytes(5000))
        for n in range(1, 20):
            again = zipfile.ZipInfo(f"{n}.txt")
            first = file.filelist[0]
            again.header_offset, again.compress_size, again.file_size, again.CRC = (
                first.header_offset,
                first.compress_size,
                first.file_size,
                first.CRC,
            )
            file.filelist.append(again)
    message = "damaged or cut off (its members overlap)"
    assert list(discover([tmp_path])) == [Refused("d.zip", "corrupt-archive", message)]


def test_tar_headers_of_impossible_sizes_are_refused(tmp_path: Path) -> None:
    for size in (-512, 1 << 40):
        info = tarfile.TarInfo("long")
        info.type = tarfile.GNUTYPE_LONGNAME
        info.size = size
        header = info.tobuf(tarfile.GNU_FORMAT)
        assert read(tmp_path, "d.tar", header + bytes(10_000)) == ([], [("d.tar", "corrupt-archive")])


def test_a_tar_member_of_negative_size_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("0.txt")
    info.pax_headers = {"size": "-5"}
    with tarfile.open(tmp_path / "d.tar", "w", format=tarfile.PAX_FORMAT) as tar:
        tar.addfile(info)
    message = "damaged or cut off (a member of an impossible size); the members before that were read"
    assert list(discover([tmp_path])) == [Refused("d.tar", "corrupt-archive", message)]


def test_headers_that_are_chained_without_end_are_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("long")
    info.type = tarfile.GNUTYPE_LONGNAME
    info.size = 2
    chain = (info.tobuf(tarfile.GNU_FORMAT) + b"x\0" + bytes(510)) * 3000
    assert read(tmp_path, "d.tar", chain) == ([], [("d.tar", "corrupt-archive")])


def test_one_bad_file_does_not_end_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04")
    (tmp_path / "b.txt").write_bytes(b"b")
    (tmp_path / "c.tar.gz").write_bytes(b"\x1f\x8b")
    (tmp_path / "d.txt").write_bytes(b"d")
    assert [(item.path, type(item)) for item in discover([tmp_path])] == [
        ("a.zip", Refused),
        ("b.txt", Document),
        ("c.tar.gz", Refused),
        ("d.txt", Document),
    ]


SMALL = {"a.txt": b"text" * 200, "b/ä.txt": b"x", "c.txt": b""}
VALID = {
    "d.zip": zip_bytes(SMALL),
    "d.tar": tar_bytes(SMALL),
    "d.tar.gz": gzip.compress(tar_bytes(SMALL)),
    "d.tar.zst": zstandard.ZstdCompressor().compress(tar_bytes(SMALL)),
    "d.txt.gz": gzip.compress(SMALL["a.txt"]),
    "d.txt.zst": zstandard.ZstdCompressor().compress(SMALL["a.txt"]),
}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(VALID)), st.data())
def test_no_damage_makes_reading_fail(tmp_path: Path, name: str, data: st.DataObject) -> None:
    archive = bytearray(VALID[name])
    for _ in range(data.draw(st.integers(1, 4))):
        archive[data.draw(st.integers(0, len(archive) - 1))] = data.draw(st.integers(0, 255))
    del archive[data.draw(st.integers(1, len(archive))) :]
    (tmp_path / name).write_bytes(archive)
    for item in discover([tmp_path / name]):
        assert item.path == name or item.path.startswith(f"{name}/")
        assert item.path.isprintable()
        if isinstance(item, Refused):
            assert item.message.isprintable()
