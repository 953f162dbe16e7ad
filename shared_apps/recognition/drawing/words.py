"""What a certificate says, in Indonesian, from its frozen row."""

from decimal import Decimal

from shared_apps.accounts import nip
from shared_apps.recognition import placeholders
from shared_apps.recognition.models import Certificate, CertificateTemplateVersion
from tenants import hosts
from toolkit import indonesian


def exact(jp: str | Decimal) -> Decimal:
    """Return JP with their two decimals."""
    return Decimal(jp).quantize(Decimal("0.01"))


def score_of(certificate: Certificate) -> int:
    """Return right answers, or points, of 100, rounded down."""
    got = certificate.right if certificate.points is None else certificate.points
    return int(100 * got // certificate.total) if certificate.total else 0


def score_text(certificate: Certificate) -> str:
    """Return the score with what it is made of: `80 (8 dari 10 benar)`."""
    score, total = score_of(certificate), certificate.total
    if certificate.points is None:
        return f"{score} ({certificate.right} dari {total} benar)"
    return f"{score} ({indonesian.jp(certificate.points)} dari {total} poin)"


def verification_url(code: str) -> str:
    """Return the public address at which a certificate is checked."""
    return hosts.portal_url(f"/v/{code}/" if code else "/v/")


def jp_text(certificate: Certificate) -> str:
    """Return JP in figures and words: `2 (dua) JP`."""
    jp = certificate.jp
    return f"{indonesian.jp(jp)} ({indonesian.in_words(jp)}) JP"


def values(certificate: Certificate) -> dict[str, str]:
    """Return what each name of `placeholders.NAMES` stands for."""
    return {
        "nama": certificate.holder_name,
        "nip": nip.format_number(certificate.holder_number),
        "instansi": certificate.holder_agency,
        "pangkat": certificate.holder_grade,
        "jabatan": certificate.holder_post,
        "unit": certificate.holder_unit,
        "program": certificate.title,
        "jp": indonesian.jp(certificate.jp),
        "jp_huruf": indonesian.in_words(certificate.jp),
        "angkatan": certificate.batch,
        "mulai": indonesian.date_long(certificate.started_on),
        "selesai": indonesian.date_long(certificate.completed_on),
        "tempat": certificate.venue,
        "penyelenggara": certificate.provider_name,
    }


def filled(text: str, certificate: Certificate) -> str:
    """Return a text of the template for this certificate."""
    return placeholders.filled(text, values(certificate))


def facts(certificate: Certificate, version: CertificateTemplateVersion) -> list[tuple[str, str]]:
    """Return the facts below the title as (label, value)."""
    found = [("BENTUK", str(certificate.get_form_display()))]
    if certificate.batch:
        found.append(("ANGKATAN", certificate.batch))
    dates = indonesian.date_range(certificate.started_on, certificate.completed_on)
    found.append(("WAKTU PELAKSANAAN", dates))
    if certificate.venue:
        found.append(("TEMPAT", certificate.venue))
    if version.show_score and certificate.total:
        found.append(("NILAI", score_text(certificate)))
    found.append(("JAM PELAJARAN", jp_text(certificate)))
    return found


def holder_line(certificate: Certificate) -> str:
    """Return number and agency of the holder in one line."""
    number = nip.format_number(certificate.holder_number)
    label = nip.number_label(certificate.holder_number_kind)
    parts = [f"{label} {number}" if number else "", certificate.holder_agency]
    return " · ".join(part for part in parts if part)


def post_line(certificate: Certificate) -> str:
    """Return grade, post and unit of the holder in one line."""
    parts = (certificate.holder_grade, certificate.holder_post, certificate.holder_unit)
    return " · ".join(part for part in parts if part)
