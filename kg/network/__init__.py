"""The graph as networkx sees it: read from the tables, measured, cut down, laid out, exported."""
