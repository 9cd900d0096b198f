"""Folders, files and archives become documents; their bytes become text.

for item in discover([Path("dumps")]):
    if isinstance(item, Document):
        text = decode(item.data).text
"""

from kg.dumps.decoding import Decoded, decode
from kg.dumps.discovery import discover
from kg.dumps.records import MAX_DOCUMENT_BYTES, Document, PassedOver, Refused

__all__ = ["MAX_DOCUMENT_BYTES", "Decoded", "Document", "PassedOver", "Refused", "decode", "discover"]
