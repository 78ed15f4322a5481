"""`python -m govnlp` is the command line."""

from govnlp.cli import main

main()
