"""What can go wrong, each kind with its exit code.

    KgError                 1   something the user can act on; the root of all others
    ├── UsageError          2   arguments that contradict each other or name nothing
    ├── NothingReadError    4   no input could be read at all
    ├── OutputError         5   the output folder is missing, locked, unwritable or from another version
    ├── QueryError          6   a query that is wrong, refused, or out of time
    │   ├── QuerySyntaxError    6   with line and column
    │   ├── QueryRefusedError   6   SERVICE, LOAD, updates
    │   └── QueryTimeoutError   7
    ├── NotFoundError       8   no article, person, tag of that name
    └── PushError           9   an endpoint that cannot be reached, or refuses

Exit code 0 is success, 3 a build that succeeded although some files were refused, 130 Ctrl-C.
The command line prints one line of an error, never a traceback.
"""

from __future__ import annotations

from typing import Final

import msgspec

UNDECODABLE: Final = (msgspec.DecodeError, UnicodeDecodeError)
"""What msgspec raises for bytes that are not what was encoded; the latter where text is no UTF-8."""


class KgError(Exception):
    """Root of everything that `kg` raises on purpose; the message says what the user can do."""

    exit_code = 1


class UsageError(KgError):
    """Arguments that contradict each other or name nothing."""

    exit_code = 2


class NothingReadError(KgError):
    """No input could be read: no file found, or every file refused."""

    exit_code = 4


class OutputError(KgError):
    """The output folder cannot be read or written."""

    exit_code = 5


class QueryError(KgError):
    """A query that cannot be answered."""

    exit_code = 6


class QuerySyntaxError(QueryError):
    """A query that is not SPARQL; `line` and `column` count from 1 and point into the user's own text."""

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class QueryRefusedError(QueryError):
    """A query that would reach outside the store or change it."""


class QueryTimeoutError(QueryError):
    """A query that was stopped because its time was up."""

    exit_code = 7


class NotFoundError(KgError):
    """Nothing of that name is in the graph."""

    exit_code = 8


class PushError(KgError):
    """A server that cannot be reached, or does not take the graph."""

    exit_code = 9


SOME_FILES_REFUSED = 3
"""Exit code of a build that succeeded although some files were refused."""
