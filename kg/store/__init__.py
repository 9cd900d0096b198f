"""The Oxigraph store: loading it, asking it, and the queries that have a name."""
