"""What tests and doctests share: the example graph, built once, and where other people's material lies."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import kg
from kg.report import Report


def pytest_configure() -> None:
    """Let Ctrl-C reach the commands under test also where the run itself is in the background, which ignores it.

    And let no example fail for being slow on a busy machine: speed is the benches' affair.
    """
    settings.register_profile("kg", deadline=None)
    settings.load_profile("kg")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


ROOT = Path(__file__).parent
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True)
class Built:
    """A finished build: its folder and its report."""

    out: Path
    report: Report


@pytest.fixture(scope="session")
def example_build(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The example graph with everything that a build can add. Read it, do not change it."""
    out = tmp_path_factory.mktemp("examples") / "out"
    formats = ["nt", "ttl", "jsonld", "rdfxml", "nq", "trig"]
    report = kg.build(ROOT / "examples" / "dumps", out, formats=formats, evidence=True, with_text=True)
    return Built(out, report)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the real page and the gold; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, which holds other people's work")
    return SHARED


@pytest.fixture(autouse=True)
def _doctest_folder(request: pytest.FixtureRequest, doctest_namespace: dict[str, Any]) -> None:
    """Doctests of the public functions find `kg` and the folder of the example graph."""
    if request.node.name.startswith(("kg.api", "kg.__init__")):
        built: Built = request.getfixturevalue("example_build")
        monkeypatch: pytest.MonkeyPatch = request.getfixturevalue("monkeypatch")
        monkeypatch.chdir(ROOT)
        doctest_namespace.update(build=kg.build, open=kg.open, kg=kg, folder=built.out)
