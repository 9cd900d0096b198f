"""Folders, files and archives become documents; their bytes become text.

for item in discover([Path("dumps")]):
    if isinstance(item, Document):
        text = decode(item.data).text
"""

from kg.dumps.contents import is_plain, read_file
from kg.dumps.decoding import decode
from kg.dumps.discovery import discover, scan
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
    "discover",
    "is_plain",
    "read_archive",
    "read_file",
    "read_plain",
    "scan",
    "scan_all",
]
