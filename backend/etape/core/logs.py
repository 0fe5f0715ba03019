"""Logs are lines of ASCII JSON on stderr, in UTC, without an address, a token or a path."""

import logging
import re
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# An error quotes what it was given: addresses, passwords in URLs, secrets of 256 bits or more.
_PRIVATE = re.compile(r"[^\s\"'<>(),;:=/]+@[^\s\"'<>(),;:=/]+|(?<![\w-])[\w-]{43,}(?![\w-])")


def log_as_json(*, level: int = logging.INFO) -> None:
    """Write every log line of this process as one JSON object on stderr, in UTC."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _hide_what_is_private,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.getLogger("uvicorn.access").disabled = True  # its lines hold paths, ours do not


def _hide_what_is_private(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {
        name: _PRIVATE.sub("…", value) if isinstance(value, str) else value
        for name, value in event.items()
    }
