"""Attendance by a scanned code: `/kelas/hadir/<token>/` and its confirmation."""

import uuid
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tenant_apps.learning import checkin
from tenant_apps.learning.errors import AttendanceRefused
from tenant_apps.learning.models import ClassSession
from tenant_apps.learning.services import attendance
from toolkit.access_rules import public, signed_in

#: What the browser keeps between the scan and the confirmation: signing in may come between.
COOKIE, SALT = "hadir", "attendance"


@public
@never_cache
@require_safe
def scanned(request: HttpRequest, token: str) -> HttpResponse:
    """Keep in the browser that it scanned a fresh code, and go on to the confirmation."""
    session_id = checkin.read_token(token)
    if session_id is None:
        return render(
            request,
            "learning/check_in.html",
            {"error": _("Kode ini sudah berganti. Pindai kode yang sedang tampil di layar.")},
            status=410,
        )
    response = HttpResponseRedirect(reverse("check_in"))
    response.set_signed_cookie(
        COOKIE,
        str(session_id),
        salt=SALT,
        max_age=checkin.PATIENCE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def _scanned_session(request: HttpRequest) -> ClassSession | None:
    try:
        text = request.get_signed_cookie(COOKIE, salt=SALT, max_age=checkin.PATIENCE_SECONDS)
        session_id = uuid.UUID(text)
    except (KeyError, ValueError, signing.BadSignature):
        return None
    return ClassSession.objects.select_related("offering").filter(pk=session_id).first()


@signed_in
@never_cache
def confirm(request: HttpRequest) -> HttpResponse:
    """Show which session was scanned; the button records the person once."""
    session = _scanned_session(request)
    page: dict[str, Any] = {"session": session}
    status = 200
    if session is None:
        page["error"] = _("Pindai dahulu kode QR yang tampil di ruang kelas.")
    elif request.method == "POST":
        try:
            made = attendance.check_in(by=request.user, session=session)
        except AttendanceRefused as why:
            page["error"], status = str(why), 409
        else:
            page["done"], page["again"] = True, not made
    return render(request, "learning/check_in.html", page, status=status)
