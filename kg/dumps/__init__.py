"""Folders, files and archives become documents; their bytes become text.

`scan` and `scan_all` tell the files; `read_file`, `read_plain` and `read_archive` give their documents, `decode` the
text of one.
"""

from kg.dumps.contents import is_plain, read_file
from kg.dumps.decoding import decode
from kg.dumps.discovery import scan
from kg.dumps.inputs import scan_all
from kg.dumps.records import MAX_DOCUMENT_BYTES, NEVER, Document, File, PassedOver, Refused, Stamp
from kg.dumps.remote import read_archive, read_plain

__all__ = [
    "MAX_DOCUMENT_BYTES",
    "NEVER",
    "Document",
    "File",
    "PassedOver",
    "Refused",
    "Stamp",
    "decode",
    "is_plain",
    "read_archive",
    "read_file",
    "read_plain",
    "scan",
    "scan_all",
]
