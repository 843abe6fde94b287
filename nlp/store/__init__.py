"""The only room that opens data files: configuration, sources, tables between stages, results."""
