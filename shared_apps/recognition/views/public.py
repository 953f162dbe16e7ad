"""Public verification of certificates, and the holder's download."""

import hashlib
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shared_apps.accounts import nip
from shared_apps.recognition import codes, documents, selectors
from shared_apps.recognition.forms.public import CodeForm, FileForm
from shared_apps.recognition.models import Certificate, LegacyCertificate
from shared_apps.recognition.services import certificates
from tenants import hosts
from toolkit import indonesian
from toolkit.access_rules import public, signed_in


@public
@require_GET
def verify_form(request: HttpRequest) -> HttpResponse:
    """`/v/`: asks for a code and leads to its page."""
    form = CodeForm(request.GET if "kode" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("recognition_verify", code=form.cleaned_data["kode"])
    return render(request, "recognition/verify_form.html", {"form": form})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """`/v/<code>/`: what was issued under a code; a posted PDF is compared by its hash.

    Codes and numbers of certificates from before Lintas are found too. Where one code leads to
    several certificates, all are named; `?pilih=` says which one is meant.
    """
    certificate = selectors.certificate_by_code(code)
    earlier = selectors.earlier_certificates(code)
    if certificate is None and not earlier:
        unknown = {"form": CodeForm(initial={"kode": code[:40]})}
        return _page(request, "recognition/unknown_code.html", unknown, status=404)
    canonical = certificate.code if certificate else codes.fold(code)
    if canonical != code:
        return redirect("recognition_verify", code=canonical)
    chosen = request.GET.get("pilih", "")
    meant = next((row for row in earlier if str(row.pk) == chosen), None)
    if meant is None and certificate is None and len(earlier) == 1:
        meant = earlier[0]
    if meant is not None:
        return _page(request, "recognition/earlier.html", _earlier(meant))
    if certificate is None or (earlier and chosen != "lintas" and request.method != "POST"):
        matches = {"code": canonical, "c": certificate, "earlier": earlier}
        return _page(request, "recognition/matches.html", matches)
    return _issued(request, certificate)


def _earlier(row: LegacyCertificate) -> dict[str, Any]:
    """Return what the page shows of a certificate from before Lintas."""
    return {
        "c": row,
        "masked": nip.mask_number(row.holder_number),
        "dates": indonesian.date_range(row.started_on or row.completed_on, row.completed_on),
    }


def _issued(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """Answer with everything that is printed on a certificate, and whether it holds."""
    posted = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if posted else FileForm()
    version = certificate.template_version
    context = {
        "c": certificate,
        "masked": nip.mask_number(certificate.holder_number),
        "number_label": nip.number_label(certificate.holder_number_kind),
        "score": documents.score_of(certificate),
        "scored": certificate.total > 0 and (version is None or version.show_score),
        "signers": [_masked(signer) for signer in (version.signers if version else [])],
        "printed": documents.printed_texts(certificate),
        "replacement": getattr(certificate, "replacement", None),
        "dates": indonesian.date_range(certificate.started_on, certificate.completed_on),
        "curriculum": documents.curriculum(certificate)
        if version is None or version.show_curriculum
        else [],
        "renditions": selectors.renditions_of(certificate.pk),
        "is_holder": request.user.is_authenticated and request.user.pk == certificate.account_id,
        "learning_url": hosts.portal_url("/saya/"),
        "form": form,
        "file": _compare(form, certificate),
    }
    return _page(request, "recognition/verify.html", context)


def _masked(signer: dict[str, str]) -> dict[str, str]:
    """Return a signer with their number hidden as that of the holder."""
    return {**signer, "number": nip.mask_number(nip.clean_number(signer.get("number", "")))}


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer with a page that search engines leave out: it names people."""
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _compare(form: FileForm, certificate: Certificate) -> dict[str, Any] | None:
    """Say whether the posted file is one that was handed out; None without a usable file."""
    if not form.is_bound or not form.is_valid():
        return None
    digest = hashlib.sha256()
    for chunk in form.cleaned_data["berkas"].chunks():
        digest.update(chunk)
    found = selectors.rendition_by_hash(digest.hexdigest())
    return {
        "sha256": digest.hexdigest(),
        "ours": found is not None,
        "same": found is not None and found.certificate_id == certificate.pk,
    }


@signed_in
@require_GET
def download(request: HttpRequest, code: str) -> HttpResponse:
    """`/v/<code>/unduh/`: the PDF, for its holder, once the survey was sent."""
    certificate = selectors.certificate_by_code(code)
    if certificate is None or certificate.account_id != request.user.pk:
        raise Http404
    if certificate.revoked_at is not None:
        messages.error(request, _("Sertifikat ini sudah dicabut, jadi tidak dapat diunduh."))
        return redirect("recognition_verify", code=certificate.code)
    if not certificate.released:
        messages.warning(
            request,
            _(
                "Unduhan terbuka setelah survei kepuasan dikirim. JP Anda sudah tercatat; isi"
                " surveinya dari halaman Belajar saya."
            ),
        )
        return redirect("recognition_verify", code=certificate.code)
    data = certificates.hand_out(certificate=certificate, by=request.user)
    name = certificates.file_name(certificate)
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )
