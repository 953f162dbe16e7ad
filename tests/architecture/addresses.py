"""Walks every address of both URL configurations."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern

from toolkit.access_rules import Rule, rule_of

URLCONFS = ("config.urls_portal", "config.urls_tenant")

# A value for each parameter of an address; nothing needs to exist under it.
SAMPLES: dict[str, object] = {
    "slug": "topik-yang-tidak-ada",
    "key": "bagian-1",
    "file_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e10",
    "sitting_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e11",
    "account_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e12",
    "job_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e13",
    "session_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e31",
    "letter_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e32",
    "proposal_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e34",
    "token": "kode-yang-tidak-ada",
    "notice_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e14",
    "stop_token": "bukan-dari-kami",
    "employee_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e20",
    "unit_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e21",
    "import_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e22",
    "template_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e41",
    "certificate_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e42",
    "action": "bawaan",
    "assignment_id": 1,
    "question_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e51",
    "category_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e52",
    "blueprint_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e53",
    "member_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e54",
    "version": 1,
    "kind": "single",
    "purpose": "post",
    "seat_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e15",
    "academy_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e16",
    "announcement_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e17",
    "position": 1,
    "number": 1,
    "relation_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e61",
    "citation_id": "0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e62",
    "code": "7KQ2M9XD40RT",
    "uidb36": "1",
    "sha256": "0" * 64,
    "colour": "0b5563",
}


@dataclass(frozen=True)
class Address:
    """One pattern of one URL configuration: `route` as written, `path` with samples filled in."""

    urlconf: str
    route: str
    view: Callable[..., Any]
    path: str | None

    @property
    def rule(self) -> Rule | None:
        """The rule that the view declares."""
        return rule_of(self.view)

    def __str__(self) -> str:
        return f"{self.urlconf.rsplit('_', 1)[-1]}:/{self.route}"


def _fill(route: str, name: str | None, urlconf: str, parameters: Iterable[str]) -> str | None:
    """Return the path with samples, None when a parameter has no sample."""
    names = list(parameters)
    if any(parameter not in SAMPLES for parameter in names):
        return None
    if name:
        return reverse(name, urlconf=urlconf, kwargs={each: SAMPLES[each] for each in names})
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(SAMPLES[match[1]]), route)


def walk(
    patterns: Iterable[Any], urlconf: str, start: str = "", above: tuple[str, ...] = ()
) -> Iterator[Address]:
    """Yield each address below a list of patterns."""
    for each in patterns:
        route = start + str(each.pattern)
        converters = (*above, *_parameters(each))
        if isinstance(each, URLResolver):
            yield from walk(each.url_patterns, urlconf, route, converters)
        else:
            path = _fill(route, each.name, urlconf, converters)
            yield Address(urlconf, route, each.callback, path)


def _parameters(each: URLPattern | URLResolver) -> list[str]:
    if isinstance(each.pattern, RegexPattern):
        return list(each.pattern.regex.groupindex)
    return list(each.pattern.converters)


def all_addresses() -> list[Address]:
    """Return every address of the portal and of tenants."""
    return [
        address
        for urlconf in URLCONFS
        for address in walk(get_resolver(urlconf).url_patterns, urlconf)
    ]


def without_rule(addresses: Iterable[Address]) -> list[str]:
    """Name the addresses whose view does not declare who may see it."""
    return [str(address) for address in addresses if address.rule is None]


def without_sample(addresses: Iterable[Address]) -> list[str]:
    """Name the addresses with a parameter that SAMPLES does not know."""
    return [str(address) for address in addresses if address.path is None]


def unused_samples(addresses: Iterable[Address]) -> set[str]:
    """Return the samples that no address takes."""
    routes = " ".join(address.route for address in addresses)
    return {name for name in SAMPLES if not re.search(rf"<(?:\w+:)?{name}>", routes)}
