"""`python -m nlp` is the `crossframe` command."""

import sys

from nlp.cli import main

sys.exit(main())
