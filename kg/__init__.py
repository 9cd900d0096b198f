"""A folder of newspaper dumps becomes a knowledge graph: RDF for SPARQL, and one interactive page.

    import kg

    report = kg.build(["dumps"], "out")
    graph = kg.open("out")
    graph.query("SELECT ?headline WHERE { ?article schema:headline ?headline } LIMIT 3")
    graph.person("Mark Rutte").articles
    graph.to_networkx()

Everything is loaded on first use, so that importing the package costs nothing.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import Graph, build, open  # noqa: A004 - kg.open, as in gzip.open
    from kg.errors import KgError
    from kg.report import Report
    from kg.store.lookup import ArticleCard, PersonCard

__version__ = "0.1.0"

__all__ = ["ArticleCard", "Graph", "KgError", "PersonCard", "Report", "__version__", "build", "open"]

_HOMES = {
    "ArticleCard": "kg.store.lookup",
    "Graph": "kg.api",
    "KgError": "kg.errors",
    "PersonCard": "kg.store.lookup",
    "Report": "kg.report",
    "build": "kg.api",
    "open": "kg.api",
}


class _Package(ModuleType):
    """Keeps `kg.build` the function: importing the module `kg.build` would put itself in its place."""

    def __getattribute__(self, name: str) -> Any:
        homes = ModuleType.__getattribute__(self, "__dict__").get("_HOMES", {})
        if name in homes:
            from importlib import import_module

            return getattr(import_module(homes[name]), name)
        return ModuleType.__getattribute__(self, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


sys.modules[__name__].__class__ = _Package
