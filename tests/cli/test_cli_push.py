"""`kg push` to a real server: Oxigraph's own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

import pexpect
import pyoxigraph as ox
import pytest

from conftest import ROOT, Built

OXIGRAPH = Path(sys.executable).with_name("oxigraph")
OLD = b"<https://a.example/old> <https://a.example/p> <https://a.example/o> .\n"
EVIDENCE = "https://kg.example/id/graph/evidence"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server that keeps its graphs in memory."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        [OXIGRAPH, "serve", "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            for _ in range(200):
                with socket.socket() as attempt:
                    if attempt.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture(autouse=True)
def _old_triple(server: str) -> None:
    """All graphs empty but for one triple in the default graph."""
    request = Request(f"{server}/update", b"CLEAR ALL", {"Content-Type": "application/sparql-update"})
    urlopen(request, timeout=10).close()
    request = Request(f"{server}/store?default", OLD, {"Content-Type": "application/n-triples"})
    urlopen(request, timeout=10).close()


def graph_of(server: str, graph: str | None = None) -> list[str]:
    """The lines of a graph of the server, sorted."""
    chosen = "default" if graph is None else f"graph={quote(graph, safe='')}"
    request = Request(f"{server}/store?{chosen}", headers={"Accept": "application/n-triples"})
    with urlopen(request, timeout=10) as answer:
        return sorted(answer.read().decode().splitlines())


def lines_of(path: Path) -> list[str]:
    """The lines of a file of N-Triples as Oxigraph gives them back, sorted: the decimal 1.0 comes back as 1."""
    store = ox.Store()
    store.bulk_load(path=path, format=ox.RdfFormat.N_TRIPLES)
    lines = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    assert lines is not None
    return sorted(lines.decode().splitlines())


def push(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "push", *map(str, arguments)]
    return subprocess.run(
        command,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_graph_arrives_beside_what_is_there(server: str, example_build: Built) -> None:
    ended = push(f"{server}/store", "--out", example_build.out, "--batch-size", "0.2")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert f"{example_build.report.triples:,} triples" in ended.stdout
    assert ended.stdout.endswith(" batches) went to the default graph\n")
    assert graph_of(server) == sorted([OLD.decode().strip(), *lines_of(example_build.out / "graph.nt")])


def test_the_graph_takes_the_place_of_what_is_there(server: str, example_build: Built) -> None:
    arguments = (f"{server}/store", "--out", example_build.out, "--replace", "--evidence", "--json")
    ended = push(*arguments, "--batch-size", "0.5")
    figures = json.loads(ended.stdout)
    assert (figures["sent"], figures["retries"]) == (True, 0)
    assert [one["graph"] for one in figures["graphs"]] == [None, EVIDENCE]
    assert figures["graphs"][0]["triples"] == example_build.report.triples
    assert figures["graphs"][0]["batches"] > 1
    assert graph_of(server) == lines_of(example_build.out / "graph.nt")
    assert graph_of(server, EVIDENCE) == lines_of(example_build.out / "evidence.nt")


def test_a_graph_of_that_name(server: str, example_build: Built) -> None:
    name = "https://b.example/taz?a=1&b=ü"
    assert push(f"{server}/store", "--out", example_build.out, "--graph", name, "--quiet").stdout == ""
    assert graph_of(server, name) == lines_of(example_build.out / "graph.nt")
    assert graph_of(server) == [OLD.decode().strip()]


def test_a_dry_run_sends_nothing(server: str, example_build: Built) -> None:
    ended = push(f"{server}/store", "--out", example_build.out, "--dry-run", "--replace")
    assert "would go to the default graph" in ended.stdout
    assert graph_of(server) == [OLD.decode().strip()]


def test_an_address_of_the_server_that_is_no_endpoint(server: str, example_build: Built) -> None:
    ended = push(f"{server}/nowhere", "--out", example_build.out, "--replace")
    assert (ended.returncode, ended.stdout) == (9, "")
    assert ended.stderr.startswith(f"kg: {server}/nowhere is no Graph Store endpoint (404 Not Found)")
    assert ended.stderr.count("\n") == 1
    assert graph_of(server) == [OLD.decode().strip()]


def test_no_server(example_build: Built) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/store"
    ended = push(url, "--out", example_build.out, "--retries", "1")
    assert ended.returncode == 9
    assert ended.stderr.splitlines()[0].endswith("trying again in 0.5 s")
    assert "gave up after 2 tries" in ended.stderr.splitlines()[1]


def test_no_graph_and_wrong_arguments(server: str, tmp_path: Path) -> None:
    assert push(f"{server}/store", "--out", tmp_path).returncode == 5
    ended = push("http://me:geheim@localhost/store", "--out", tmp_path)
    assert (ended.returncode, "geheim" in ended.stderr) == (2, False)


def test_a_bar_on_a_terminal(server: str, example_build: Built) -> None:
    command = f"{sys.executable} -m kg push {server}/store --out {example_build.out} --batch-size 0.01"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm"}
    output, status = pexpect.run(command, env=environment, withexitstatus=True, timeout=60)
    assert status == 0
    assert b"kB/s" in output or b"MB/s" in output
    assert b"went to the default graph" in output
