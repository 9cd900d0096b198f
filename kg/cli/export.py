"""`kg export`: the graph of a build for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def export(
    target: Annotated[
        Path,
        typer.Argument(
            metavar="TARGET", help="File to write: *.graphml or *.gexf, also with .gz at the end."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder that a build wrote.")] = Path(
        "out"
    ),
) -> None:
    """Write the whole graph as GraphML or GEXF, for Gephi, Cytoscape, yEd or R.

    \b
    kg export graph.gexf
    kg export graph.graphml.gz --out graph
    """
    from kg.network.export import writer_for
    from kg.network.graph import to_networkx
    from kg.outputs import find_output

    write = writer_for(target)
    graph = to_networkx(find_output(out, "tables"))
    write(graph, target)
    typer.echo(f"{target}: {graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges")
