"""What a build tells about itself: counts, and every finding by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from kg.model import Finding, Record

FINDINGS: Final[dict[str, str]] = {
    # files that could not be opened
    "unreadable": "files that a disk, a network or their permissions kept from us",
    "broken-link": "links that lead nowhere or in a circle",
    "link-outside": "links out of the named folder, not followed",
    "not-a-file": "pipes, sockets, devices and links in archives, not opened",
    "too-large": "files larger than any dump",
    "corrupt-archive": "archives that are damaged or cut off",
    "encrypted": "archive members that need a password",
    "nested-archive": "archives inside archives, not opened",
    "unsupported-archive": "archives of a kind that is not read",
    "output-folder": "outputs of an older build among the dumps, not read",
    # bytes that are not plain UTF-8
    "encoding-detected": "files in an old encoding, which was guessed",
    "invalid-utf8": "files with broken UTF-8, replaced by U+FFFD",
    "invalid-bytes": "files with bytes that their encoding does not have, replaced by U+FFFD",
    "control-characters": "files with control characters, removed",
    # pages
    "parser-failed": "files on which kg itself failed: please report them",
    "empty": "files without any text",
    "unrecognised": "files that are no page of the paper in any known rendering",
    "error-page": "error messages saved in place of a page",
    "second-page": "files that hold more than one page, of which the first is read",
    "text-after-menu": "menus with text below their end, not read",
    "transfer-cut": "pages whose transfer was cut off",
    "rows-cut": "pages whose rendering cut long rows: text is lost",
    "proxy-invalid-line": "lines that the proxy could not read",
    "proxy-line-too-long": "lines that the proxy found too long",
    "unparsed-line": "lines that fit nowhere in the format",
    "no-date": "articles without a date",
    "impossible-date": "dates that no calendar has",
    "tags-ambiguous": "articles whose own tags cannot be told from those of related articles",
    "anchor-without-target": "links in a text without a row under LINKS",
    "link-without-anchor": "rows under LINKS without a link in the text",
    # the archive
    "differing-texts": "dumps of one article whose texts differ; the fullest is taken",
    "differing-facts": "dumps of one article that differ in headline or date",
    "dump-ambiguous": "dumps that fit several articles, joined with none of them",
    "number-conflict": "file names with the number of another article",
    "related-to-itself": "related rows that lead to their own article, left out",
    "number-ambiguous": "articles that share a headline, so that no number is given to them",
    "headline-ambiguous": "related headlines that fit several articles, kept as stubs",
    "kicker-uncertain": "headlines whose kicker may end at several places",
    "family-name-ambiguous": "family names that two persons of the article share, left open",
    "family-name-open": "names of one word that nothing resolves",
    "person-doubtful": "names that may be one person, kept apart: see kg review",
    "kind-doubtful": "tags or names whose kind is doubtful: see kg review",
    "decision-unused": "rows of the decisions file that apply to nothing",
    "slug-candidate": "links to unknown articles whose kicker some known article has",
    "tag-labels-merged": "different labels that one slug makes one tag",
    "tag-number-conflict": "tags with several numbers, or numbers of several tags",
}
"""Every code that a finding can have, with what it means in a few words."""


class Report(Record, frozen=True):
    """The figures of one build. A function of its input: no times, no machine."""

    files: int  # all that were found
    refused: int  # those of which no page could be made
    articles: int
    stubs: int
    persons: int
    organizations: int
    places: int
    tags: int
    mentions: int
    edges: int
    triples: int
    findings: dict[str, int]  # by code, sorted
    outputs: tuple[str, ...]  # names in the output folder


def count_findings(findings: Iterable[Finding]) -> dict[str, int]:
    """Findings by code, sorted by code."""
    return dict(sorted(Counter(finding.code for finding in findings).items()))


def finding_order(finding: Finding) -> tuple[str, int, str, str]:
    """By file, then line, then code."""
    return finding.path, finding.line or 0, finding.code, finding.message
