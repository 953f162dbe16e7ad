"""Certificates drawn from their frozen row and the version of a template they were issued with."""

from shared_apps.recognition.drawing import back, front, paper
from shared_apps.recognition.models import Certificate, CertificateTemplateVersion


def draw(
    certificate: Certificate, version: CertificateTemplateVersion, *, sample: bool = False
) -> bytes:
    """Return the PDF; `sample` marks it as one, so that nobody takes it for a certificate."""
    page = paper.Paper(certificate, version)
    front.draw(page)
    if sample:
        page.mark_sample()
    if version.show_curriculum and certificate.curriculum:
        back.draw(page, sample=sample)
    return page.sheet.finish()
