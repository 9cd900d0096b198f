"""pyvis as the generator, with a template, a way of adding and an escaping of our own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from pyvis.network import Network

from kg.page.escape import json_for_html, templates

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": False, "selectable": False, "dragNodes": False, "keyboard": False},
}
"""vis-network's options: positions are given; what is drawn, selection and keys are the page's own."""


class PressNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network for large graphs with parallel edges and for texts that nobody vouches for.

    pyvis searches all nodes or edges for each one it adds, drops parallel edges, and lets titles, headings and options
    into its template as they are. Here adding appends, and the template sees escaped JSON only.
    """

    def __init__(self, variables: Mapping[str, Any]) -> None:
        """Prepare a page; `variables` are the template's own, beside those that pyvis passes."""
        super().__init__(cdn_resources="in_line")
        self.options = OPTIONS
        self.path = "page.html.j2"
        self.templateEnv = templates()
        self.templateEnv.globals.update(variables)

    def add_node(self, n_id: int, **options: Any) -> None:
        """Append a node; the caller sees to it that ids are unique."""
        self.nodes.append({"id": n_id, **options})

    def add_edge(self, source: int, to: int, **options: Any) -> None:
        """Append an edge between two nodes that were added, beside any others between them."""
        self.edges.append({"from": source, "to": to, **options})

    def get_network_data(self) -> tuple[Markup, Markup, str, str, str, Markup]:
        """Nodes, edges, heading, height, width and options as pyvis hands them to the template: escaped JSON."""
        nodes, edges, options = (json_for_html(part) for part in (self.nodes, self.edges, self.options))
        return nodes, edges, "", "", "", options
