"""bibliography: BibTeX, BibLaTeX and CSL-JSON -> entries that say what a text is."""
