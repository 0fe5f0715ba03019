"""The `etape` command."""

import gc


def main() -> None:
    """Load every room, then run the command."""
    gc.disable()  # what imports make is never garbage: looking for it takes a fifth of the start
    from etape.cli import app  # noqa: PLC0415 - the imports that it is about

    gc.freeze()
    gc.enable()
    app()


if __name__ == "__main__":
    main()
