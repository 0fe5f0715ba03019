"""`etape`, as its console script runs it."""

from etape.cli import app

if __name__ == "__main__":
    app()
