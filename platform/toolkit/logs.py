"""Structured logs (one JSON object a line) without personal data."""

import logging
import logging.config
import re
import time
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger("lintas.request")

# Numbers of 16 or 18 digits are NIK or NIP; addresses of mail are persons too.
PERSONAL = re.compile(r"\b\d{16}(?:\d{2})?\b|[\w.+-]+@[\w-]+\.[\w.]+")


def scrub(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace numbers and addresses of persons in every text of a log line."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = PERSONAL.sub("[…]", value)
    return event


def configure(config: dict[str, Any]) -> None:
    """Set up logging from settings.LOGGING: {"level": "INFO"}."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.format_exc_info,
                        scrub,
                        structlog.processors.JSONRenderer(ensure_ascii=False),
                    ],
                }
            },
            "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["err"], "level": config["level"]},
            "loggers": {
                "django.request": {"level": "ERROR"},
                "django.security.DisallowedHost": {"level": "ERROR"},
                "fontTools": {"level": "ERROR"},
                "xhtml2pdf": {"level": "ERROR"},
            },
        }
    )


class RequestLogMiddleware:
    """Logs requests that were slow or failed: path and tenant, never who or from where."""

    SLOW_SECONDS = 1.0

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Time the request and log it when it is worth a line."""
        started = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - started
        if seconds >= self.SLOW_SECONDS or response.status_code >= 500:
            tenant = getattr(request, "tenant", None)
            log.warning(
                "request",
                method=request.method,
                path=request.path,
                status=response.status_code,
                ms=round(seconds * 1000),
                tenant=getattr(tenant, "code", "portal"),
            )
        return response
