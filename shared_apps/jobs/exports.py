"""Any list as a file: at once while it is short, as a job when it is long.

An app registers each of its lists in `AppConfig.ready`, since a job must find it again without
the request, and answers downloads with `answer`.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shared_apps.jobs import services
from shared_apps.jobs.work import Work
from toolkit.indonesian import number
from toolkit.tables import MOST_AT_ONCE, Listing

KIND = "export"
#: Makes the list again from what the address asked for; may raise PermissionDenied.
Build = Callable[[Mapping[str, str], Any], Listing]


@dataclass(frozen=True)
class _Export:
    permission: str
    build: Build
    label: str | Promise


_exports: dict[str, _Export] = {}


def register(name: str, permission: str, build: Build, *, label: str | Promise) -> None:
    """Make a list known by name: who may have it, and `build(params, by)` that makes it.

    `label` is what the job is called, such as "Peserta".
    """
    _exports[name] = _Export(permission, build, label)


#: The right to a list that the code no longer has: nobody holds it.
OF_NOBODY = "export.unknown"


def permission_of(params: Mapping[str, Any]) -> str:
    """Return who may have the list that a job writes."""
    export = _exports.get(params.get("name", ""))
    return export.permission if export else OF_NOBODY


def answer(
    request: HttpRequest, name: str, listing: Listing, *, extra: Mapping[str, str] | None = None
) -> HttpResponse:
    """Return the file that the address asks for, or start a job and lead to its page.

    `extra` are parameters that stand in the path of the address; `build` finds them in `params`.
    """
    export = _exports[name]
    if listing.count <= MOST_AT_ONCE:
        return listing.download()
    query = {key: request.GET.get(key, "")[:200] for key in request.GET} | dict(extra or {})
    params = {"name": name, "query": query}
    asked = json.dumps([str(request.user.pk), params], sort_keys=True)
    job = services.enqueue(
        kind=KIND,
        by=request.user,
        title=_("Ekspor: {list}").format(list=export.label),
        params=params,
        # A second click while the first is under way leads to the same job.
        key=hashlib.sha256(asked.encode()).hexdigest(),
    )
    return redirect("job", job.pk)


def run(work: Work) -> None:
    """Write the file of a list, row by row; repeated from the start after a crash."""
    export = _exports[work.params["name"]]
    listing = export.build(work.params["query"], work.by)
    total = listing.count
    ending = "csv" if listing.params.get("format") == "csv" else "xlsx"
    path = work.output_path(f"{listing.name}.{ending}")
    work.progress(0, total)
    done = listing.save(path, lambda row: work.progress(row, total))
    work.finish(
        [
            ngettext("Berkas berisi {count} baris.", "Berkas berisi {count} baris.", done).format(
                count=number(done)
            )
        ]
    )
    # The next download is made anew.
    work.job.key = ""
