"""The graph is a function of the set of dumps: nothing else moves a byte."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from tests.built import outputs

ROOT = Path(__file__).parents[2]
DUMPS = ROOT / "examples" / "dumps"


def copy_in_order(paths: list[Path], target: Path) -> Path:
    """Copy files one by one, so that the folder lists them in another order; times differ as well."""
    for path in paths:
        copy = target / path.relative_to(DUMPS)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return target


def all_dumps() -> list[Path]:
    return sorted(path for path in DUMPS.rglob("*") if path.is_file())


@pytest.mark.parametrize("seed", [1, 2])
def test_order_folder_seed_locale_and_time_zone_do_not_matter(tmp_path: Path, seed: int) -> None:
    kg.build(DUMPS, tmp_path / "here", formats=["nt", "ttl", "jsonld", "rdfxml", "nq", "trig"], evidence=True)
    paths = all_dumps()
    random.Random(seed).shuffle(paths)
    elsewhere = copy_in_order(paths, tmp_path / "other" / "place")
    environment = os.environ | {
        "PYTHONHASHSEED": str(seed),
        "LC_ALL": "C",
        "TZ": "Asia/Tokyo",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "kg", "build", ".", "-o", "../there", "-q", "--evidence"]
    subprocess.run(
        [*command, "--format", "trig,nq,rdfxml,jsonld,ttl,nt"], cwd=elsewhere, env=environment, check=True
    )
    here, there = outputs(tmp_path / "here"), outputs(tmp_path / "other" / "there")
    assert len(here) > 12
    assert here == there


def test_adding_gives_the_union_and_withdrawing_gives_what_was(tmp_path: Path) -> None:
    paths = all_dumps()
    half = copy_in_order(paths[::2], tmp_path / "dumps")
    kg.build(half, tmp_path / "out")
    before = outputs(tmp_path / "out")
    copy_in_order(paths[1::2], half)
    kg.build(half, tmp_path / "out")
    kg.build(DUMPS, tmp_path / "whole")
    assert outputs(tmp_path / "out") == outputs(tmp_path / "whole")
    for path in paths[1::2]:
        (half / path.relative_to(DUMPS)).unlink()
    kg.build(half, tmp_path / "out")
    assert outputs(tmp_path / "out") == before
