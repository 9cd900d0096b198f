"""The build beside others that do the same or parts of it, in one run.

    python -m bench.peers [--articles 2000] [--kg PYTHON] [--work DIR] [--json]

Whole: a default build on all cores beside `plain.py` with our recogniser's names, and with a spaCy pipeline's. Triples
alone: ours beside morph-kgc and maplib with the very same triples (`materialise.py`). Queries: Oxigraph beside rdflib
(`queries.py`). Run it with a Python that has what `requirements.txt` names; `--kg` is the one that has kg.

The spaCy model is trained before (`spacy_model.py`), on gold that lies beside the project and is not part of it;
where that is absent, spaCy's part is left out.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from bench.build import KG, REPEAT, WORK, build, dumps, typical
from bench.processes import Run, run_python
from training.gold import GOLD

Figures = dict[str, Any]


def whole(articles: int, work: Path, kg: Path) -> Figures:
    """Builds beside the plain way, in turns."""
    source, out = dumps(articles, work), work / f"out-{articles}"
    runs: dict[str, list[Run]] = {"kg": [], "plain, our names": []}
    for _ in range(REPEAT):
        runs["kg"].append(build(source, out, kg))
        runs["plain, our names"].append(run_python("bench/plain.py", source, work / "plain", "kg"))
    if GOLD.is_dir():
        model = work / "spacy-model"
        run_python("bench/spacy_model.py", model)
        for name, processes in (("plain, spaCy", 1), ("plain, spaCy on two cores", 2)):
            names = f"spacy:{model}"
            command = ("bench/plain.py", source, work / "plain", names, "--processes", str(processes))
            runs[name] = [run_python(*command)]
    figures: Figures = {}
    for name, measured in runs.items():
        run = typical(measured)
        figures[name] = {**run.cost, "triples": run.answer["triples"], "stages": run.answer["stages"]}
    for figure in figures.values():
        figure["times_ours"] = round(figure["wall_seconds"] / figures["kg"]["wall_seconds"], 2)
        figure["cpu_times_ours"] = round(figure["cpu_seconds"] / figures["kg"]["cpu_seconds"], 2)
    return figures


def triples(articles: int, work: Path, kg: Path) -> Figures:
    """The triple step beside those of others; raises `RuntimeError` where one makes other triples."""
    folder = work / "materialise"
    figures: Figures = {
        "kg": run_python("bench/materialise.py", folder, "--articles", str(articles), python=kg).answer
    }
    for name in ("morph_kgc", "maplib"):
        run = run_python(f"bench/with_{name}.py", folder)
        if not run.answer["triples"] == run.answer["same"] == figures["kg"]["triples"]:
            raise RuntimeError(f"{name} made other triples: {run.answer}")
        figures[name] = {"version": run.answer["version"], "seconds": run.answer["seconds"]}
    for figure in figures.values():
        figure["triples_per_second"] = round(figures["kg"]["triples"] / figure["seconds"])
        figure["times_ours"] = round(figure["seconds"] / figures["kg"]["seconds"], 2)
    return figures


def report(figures: Figures) -> str:
    """The figures as lines for a person."""
    lines = [f"{figures['articles']:,} articles, all cores; beside each the time of ours"]
    for name, one in figures["whole"].items():
        stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in one["stages"].items())
        lines += [
            f"{name:28}{one['wall_seconds']:7.1f} s{one['times_ours']:7.1f}   CPU {one['cpu_seconds']:.1f} s "
            f"{one['cpu_times_ours']:.1f}, {one['triples']:,} triples, peak {one['peak_mb']:,.0f} MB",
            f"    {stages}",
        ]
    lines.append(f"{figures['triples']['kg']['triples']:,} triples, the same of each")
    for name, one in figures["triples"].items():
        lines.append(
            f"{name:28}{one['seconds']:7.2f} s{one['times_ours']:7.1f}   {one['triples_per_second']:,} triples/s"
        )
    lines.append(f"{'named queries':28}{'Oxigraph ms':>12}{'rdflib ms':>12}{'rows':>8}")
    for name, one in figures["queries"]["queries"].items():
        slow = f"{one['rdflib_ms']:,.0f}" if one["rdflib_ms"] is not None else "> limit"
        lines.append(f"    {name:24}{one['oxigraph_ms']:12.1f}{slow:>12}{one['rows']:8}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--kg", type=Path, default=KG, help="the Python that runs kg")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for dumps and graphs")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    work = options.work.absolute()
    figures = {
        "articles": options.articles,
        "whole": whole(options.articles, work, options.kg),
        "triples": triples(options.articles, work, options.kg),
        "queries": run_python("bench/queries.py", work / f"out-{options.articles}", python=options.kg).answer,
    }
    print(json.dumps(figures, indent=2) if options.json else report(figures))


if __name__ == "__main__":
    main()
