"""The page: a graph as one HTML file that opens offline."""

from kg.page.write import write_page

__all__ = ["write_page"]
