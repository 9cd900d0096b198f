"""From decided records to RDF: the words, the addresses, the triples, and their serialisations."""
