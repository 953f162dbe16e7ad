"""Pictures of certificates: those that no template was saved with go when they are old."""

import io
import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from shared_apps.recognition import pictures
from shared_apps.recognition.models import CertificateTemplate, CertificateTemplateVersion
from shared_apps.recognition.tasks import sweep_pictures

pytestmark = pytest.mark.django_db


def upload(colour: str) -> SimpleUploadedFile:
    """Return an image as a browser sends it."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 20), colour).save(buffer, "PNG")
    return SimpleUploadedFile("logo.png", buffer.getvalue())


def age(path: Path | None) -> None:
    """Let a picture be as old as what is swept."""
    assert path is not None
    old = time.time() - 31 * 24 * 3600
    os.utime(path, (old, old))


def test_only_old_pictures_of_no_template_go(tenant_a: Any, settings: Any, tmp_path: Path) -> None:
    """What is printed, what is young and what was given again stays; a cut-off sweep goes on."""
    settings.MEDIA_ROOT = tmp_path
    used, lost, young, again, cut = (
        pictures.keep_logo(upload(f"#{n}{n}{n}{n}{n}{n}")) for n in range(1, 6)
    )
    template = CertificateTemplate.objects.create(tenant=tenant_a, name="Uji")
    CertificateTemplateVersion.objects.create(template=template, logos=[used])
    for sha256 in (used, lost, again, cut):
        age(pictures.logo(sha256))
    pictures.keep_logo(upload("#444444"))
    aside = tmp_path / "certificates" / f"{cut}.png"
    aside.rename(aside.with_name(aside.name + pictures.ASIDE))
    assert sweep_pictures.call() == 2
    assert all(map(pictures.logo, (used, young, again)))
    assert not pictures.logo(lost) and not pictures.logo(cut)
    assert len(list((tmp_path / "certificates").iterdir())) == 3
