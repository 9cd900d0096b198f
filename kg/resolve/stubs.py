"""Articles that no dump tells, put together from what announces them and links to them.

stub    each of them, with the fullest row that announces it
taken   the keys of all articles and stubs
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from kg.model import Stub
from kg.relations import Relations
from kg.resolve.claims import RowTexts
from kg.resolve.kickers import certain_kicker

_TAKEN: Final = """
    CREATE OR REPLACE TEMP TABLE taken AS
    SELECT key FROM article UNION SELECT stub FROM target WHERE stub IS NOT NULL UNION SELECT stub FROM stub_link
"""
_STUBS: Final = """
    CREATE OR REPLACE TEMP TABLE stub AS
    WITH row AS (
        SELECT stub AS key, page, row, path, target.line, is_numbered, target.cut, told.teaser, told.printed,
               transliterated AND told.teaser > 0 AS transliterated
        FROM target JOIN announcement AS told USING (page, row) JOIN page USING (page) WHERE stub IS NOT NULL
    )
    SELECT *, NOT starts_with(key, 'h-') AS has_number, bucket(key) AS bucket FROM (
        SELECT key FROM row UNION SELECT stub FROM stub_link
    ) LEFT JOIN (
        SELECT key, page, row, path, line, cut, printed, transliterated FROM row
        QUALIFY row_number() OVER (
            PARTITION BY key ORDER BY cut, teaser = 0, transliterated, teaser DESC, printed, path, line, page, row
        ) = 1
    ) AS told USING (key) LEFT JOIN (
        SELECT key, min({'path': path, 'line': line}) FILTER (is_numbered) AS numbered FROM row GROUP BY key
    ) AS numbered USING (key) LEFT JOIN (
        SELECT stub AS key, min({'path': path, 'line': line}) AS linked FROM stub_link GROUP BY stub
    ) AS linked USING (key)
    ORDER BY bucket
"""
"""Articles that no dump tells, each with the fullest row that announces it: a whole headline before a cut one, then one
with a teaser, an intact teaser before a transliterated one, then the longer, then the first by headline, path and line.
Headlines are never transliterated, being labels.
"""

_OF_STUBS: Final = """
    CREATE OR REPLACE TEMP TABLE stub_older AS
    SELECT DISTINCT target.stub AS of, own_key AS key, stub.bucket
    FROM target ANTI JOIN taken ON taken.key = own_key JOIN stub ON stub.key = target.stub ORDER BY stub.bucket;

    CREATE OR REPLACE TEMP TABLE stub_seen AS
    SELECT of, source, bucket
    FROM (SELECT stub AS of, page FROM target WHERE stub IS NOT NULL UNION SELECT stub, page FROM stub_link)
    JOIN source USING (page) JOIN (SELECT key AS of, bucket FROM stub) USING (of) ORDER BY bucket;

    CREATE OR REPLACE TEMP TABLE stub_text AS
    SELECT stub.key AS of, texts, bucket
    FROM (SELECT page, row, texts FROM claimed_row WHERE texts IS NOT NULL) JOIN stub USING (page, row) ORDER BY bucket;
"""
"""What is said about stubs, beside what is said about articles too."""

SOME: Final = ("stub_older", "stub_seen", "stub_text")
"""The tables of which `stubs` reads the rows of some buckets, as `some_…`."""

_STUB_NODES: Final = """
    WITH older AS (SELECT of, list_sort(list(key)) AS keys FROM some_stub_older GROUP BY of),
         seen AS (SELECT of, list_sort(list(source)) AS sources FROM some_stub_seen GROUP BY of)
    SELECT stub.key, to_json({
        'key': stub.key, 'number': if(has_number, stub.key, NULL), 'number_from': coalesce(numbered, linked),
        'path': path, 'headline': printed, 'headline_line': line, 'cut': coalesce(cut, false),
        'transliterated': coalesce(transliterated, false),
        'replaces': coalesce(older.keys, []), 'sections': coalesce(section_list.sections, []),
        'authors': coalesce(author_list.authors, []), 'tags': coalesce(tag_list.tags, []), 'seen_in': seen.sources
    }), kicker.slug, texts
    FROM these_stubs AS stub JOIN seen ON seen.of = stub.key LEFT JOIN older ON older.of = stub.key
    LEFT JOIN kicker ON has_number AND kicker.number = stub.key
    LEFT JOIN section_list ON section_list.of = stub.key
    LEFT JOIN author_list ON author_list.of = stub.key
    LEFT JOIN tag_list ON tag_list.of = stub.key
    LEFT JOIN some_stub_text AS told ON told.of = stub.key
    ORDER BY stub.key
"""

_STUB: Final = msgspec.json.Decoder(Stub)
_TEXTS: Final = msgspec.json.Decoder(RowTexts)


def make_stubs(relations: Relations) -> None:
    """Make the tables from those of `kg.resolve.targets`."""
    relations.run(_TAKEN)
    relations.run(_STUBS)


def part_stubs(relations: Relations) -> None:
    """Make the tables that `stubs` reads, once those of `kg.resolve.verdicts` are made."""
    relations.run(_OF_STUBS)


def stubs(relations: Relations) -> Iterator[Stub]:
    """The stubs in `these_stubs`, by key."""
    for _, told, slug, texts in relations.rows(_STUB_NODES):
        stub = _STUB.decode(told)
        if stub.headline is None:
            yield stub
            continue
        kicker, title = certain_kicker(stub.headline, slug, cut=stub.cut)
        row = _TEXTS.decode(texts) if texts is not None else None
        yield msgspec.structs.replace(
            stub,
            kicker=kicker,
            title=title,
            teaser=row.teaser if row is not None else None,
            candidates=row.candidates if row is not None else (),
        )
