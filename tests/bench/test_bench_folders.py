"""What is replaced is deleted only once all is measured."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.processes import ROOT, clear


def test_what_is_cleared_lasts_until_the_process_ends(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "file").touch()
    script = (
        "import sys; from pathlib import Path; from bench.processes import clear; folder = Path(sys.argv[1]);"
        "clear(folder); print(folder.exists(), len(list(folder.parent.rglob('file'))))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, folder], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    )
    assert told.stdout.split() == ["False", "1"]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_needs_no_clearing(tmp_path: Path) -> None:
    clear(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
