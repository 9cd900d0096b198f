"""Write examples/dumps and examples/expected from examples/source, or with --check say whether they would change.

Run it as `python examples/make.py`. It needs nothing but Python and never imports `kg`, whose results are held against
what it writes.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from newsroom import truth
from newsroom.archive import all_files, certain_kickers
from newsroom.corpus import Corpus, load
from newsroom.expected import article_facts, index_facts

HERE = Path(__file__).parent
WRITTEN = ("dumps", "expected")


def outputs(corpus: Corpus) -> dict[str, bytes]:
    """Every file to be written, by its path below examples/."""
    files = sorted(all_files(corpus), key=lambda file: file.path)
    if len({file.path for file in files}) < len(files):
        raise ValueError("two dumps would have the same name")
    certain = certain_kickers(corpus, files)
    result: dict[str, bytes] = {}
    for file in files:
        result[f"dumps/{file.path}"] = file.text.encode()
        if file.article:
            result[f"expected/{file.path}.json"] = _json(article_facts(file, file.article, corpus, certain))
        if file.index:
            result[f"expected/{file.path}.json"] = _json(index_facts(file, file.index, corpus))
    articles = truth.articles_truth(corpus, files)
    result["expected/articles.json"] = _json(articles)
    result["expected/people.json"] = _json(truth.people_truth(corpus, articles))
    result["expected/things.json"] = _json(truth.things_truth(corpus))
    result["expected/tags.json"] = _json(truth.tags_truth(corpus))
    return result


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def differences(wanted: dict[str, bytes]) -> list[str]:
    """What stands on disk and should not, is missing, or differs."""
    found = {
        path.relative_to(HERE).as_posix(): path
        for folder in WRITTEN
        for path in (HERE / folder).rglob("*")
        if path.is_file()
    }
    names = sorted(wanted.keys() | found.keys())
    return [name for name in names if name not in found or found[name].read_bytes() != wanted.get(name)]


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Write the invented newspaper.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 where something would change"
    )
    arguments = parser.parse_args()
    wanted = outputs(load(HERE / "source"))
    if arguments.check:
        changed = differences(wanted)
        for name in changed:
            print(f"differs: {name}")
        return 1 if changed else 0
    for folder in WRITTEN:
        shutil.rmtree(HERE / folder, ignore_errors=True)
    for name, data in wanted.items():
        path = HERE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    print(f"{len(wanted)} files written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
