"""`python -m etape` is `etape`."""

from etape.cli import app

app()
