"""Parquet files joined into one without reading their rows: what they hold stays, and one footer tells of all of it.

A Parquet file is its columns' pages, row group by row group, and a footer in Thrift's compact protocol that says where
each begins. https://parquet.apache.org/docs/file-format/ and
https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import IO, Any, Final

_MAGIC: Final = b"PAR1"
_LENGTH: Final = 4
"""Bytes that tell the length of the footer, before the magic at the end."""

# Types of the compact protocol.
_TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _STRUCT = 1, 2, 3, 7, 8, 9, 12
_INTEGERS: Final = frozenset({4, 5, 6})

# Fields of parquet.thrift, by the numbers that they have there.
_FILE_ROWS, _FILE_GROUPS = 3, 4
_GROUP_COLUMNS, _GROUP_OFFSET, _GROUP_ORDINAL = 1, 5, 7
_COLUMN_META, _COLUMN_OFFSETS = 3, (2, 4, 6)
_META_OFFSETS: Final = (9, 10, 11, 14)

_Struct = dict[int, tuple[int, Any]]
"""Number of a field → its type and value; a list is (type of its items, items)."""


def join_parquet(parts: Iterable[bytes], target: IO[bytes]) -> None:
    """Write Parquet files of the same columns, at least one, as one file, whose rows come in their order.

    Raises `ValueError` where one is no Parquet file.
    """
    target.write(_MAGIC)
    position, whole = len(_MAGIC), None
    for part in parts:
        end, footer = _footer(part)
        for number, group in enumerate(_groups(footer), len(_groups(whole)) if whole else 0):
            _shift(group, position - len(_MAGIC), number)
        target.write(memoryview(part)[len(_MAGIC) : end])
        position += end - len(_MAGIC)
        if whole is None:
            whole = footer
        else:
            _groups(whole).extend(_groups(footer))
            whole[_FILE_ROWS] = (whole[_FILE_ROWS][0], whole[_FILE_ROWS][1] + footer[_FILE_ROWS][1])
    if whole is None:
        raise ValueError("no file to join")
    told = BytesIO()
    _write_struct(whole, told)
    target.write(told.getvalue() + len(told.getvalue()).to_bytes(_LENGTH, "little") + _MAGIC)


def _footer(part: bytes) -> tuple[int, _Struct]:
    """Where the footer of a file begins, and the footer."""
    tail = _LENGTH + len(_MAGIC)
    length = int.from_bytes(part[-tail : -len(_MAGIC)], "little")
    begin = len(part) - tail - length
    if not part.startswith(_MAGIC) or not part.endswith(_MAGIC) or begin < len(_MAGIC):
        raise ValueError("no Parquet file, or not all of it")
    return begin, _read_struct(BytesIO(part[begin:-tail]))


def _groups(footer: _Struct) -> list[_Struct]:
    groups: list[_Struct] = footer[_FILE_GROUPS][1][1]
    return groups


def _shift(group: _Struct, by: int, number: int) -> None:
    """Let a row group be the one of that number, so many bytes farther from the beginning."""
    _move(group, (_GROUP_OFFSET,), by)
    if _GROUP_ORDINAL in group:
        group[_GROUP_ORDINAL] = (group[_GROUP_ORDINAL][0], number)
    for column in group[_GROUP_COLUMNS][1][1]:
        _move(column, _COLUMN_OFFSETS, by)
        _move(column[_COLUMN_META][1], _META_OFFSETS, by)


def _move(struct: _Struct, fields: Iterable[int], by: int) -> None:
    for field in fields:
        kind, offset = struct.get(field, (0, 0))
        if offset:  # 0 stands for none
            struct[field] = (kind, offset + by)


def _read_struct(source: IO[bytes]) -> _Struct:
    found: _Struct = {}
    number = 0
    while head := source.read(1)[0]:
        kind = head & 15
        number = number + (head >> 4) if head >> 4 else _unfolded(_read_number(source))
        found[number] = (kind, kind == _TRUE if kind in {_TRUE, _FALSE} else _read(kind, source))
    return found


def _read(kind: int, source: IO[bytes]) -> Any:
    if kind in _INTEGERS:
        return _unfolded(_read_number(source))
    if kind == _BINARY:
        return source.read(_read_number(source))
    if kind == _STRUCT:
        return _read_struct(source)
    if kind == _LIST:
        head = source.read(1)[0]
        size = head >> 4 if head >> 4 < 15 else _read_number(source)
        return head & 15, [_read(head & 15, source) for _ in range(size)]
    if kind in {_TRUE, _FALSE, _BYTE}:  # as items of a list
        return source.read(1)
    if kind == _DOUBLE:
        return source.read(8)
    raise ValueError(f"Parquet's footer has no values of type {kind}")


def _write_struct(struct: _Struct, target: IO[bytes]) -> None:
    last = 0
    for number, (kind, value) in struct.items():
        step = number - last
        target.write(bytes([step << 4 | kind]) if 0 < step < 16 else bytes([kind]) + _number(_folded(number)))
        last = number
        if kind not in {_TRUE, _FALSE}:
            _write(kind, value, target)
    target.write(b"\0")


def _write(kind: int, value: Any, target: IO[bytes]) -> None:
    if kind in _INTEGERS:
        target.write(_number(_folded(value)))
    elif kind == _BINARY:
        target.write(_number(len(value)) + value)
    elif kind == _STRUCT:
        _write_struct(value, target)
    elif kind == _LIST:
        of, items = value
        short = len(items) < 15
        target.write(
            bytes([(len(items) if short else 15) << 4 | of]) + (b"" if short else _number(len(items)))
        )
        for item in items:
            _write(of, item, target)
    else:
        target.write(value)


def _read_number(source: IO[bytes]) -> int:
    number = shift = 0
    while True:
        byte = source.read(1)[0]
        number |= (byte & 127) << shift
        if byte < 128:
            return number
        shift += 7


def _number(number: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    told = bytearray()
    while number > 127:
        told.append(number & 127 | 128)
        number >>= 7
    told.append(number)
    return bytes(told)


def _folded(number: int) -> int:
    """0, -1, 1, -2, 2, … as 0, 1, 2, 3, 4, …"""
    return number << 1 if number >= 0 else (-number << 1) - 1


def _unfolded(number: int) -> int:
    return -(number >> 1) - 1 if number & 1 else number >> 1
