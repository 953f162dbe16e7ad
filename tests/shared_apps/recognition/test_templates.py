"""Templates: texts and numbers that are safe, versions that never change, one default."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from shared_apps.audit.models import Event
from shared_apps.recognition import documents, numbering, placeholders, selectors
from shared_apps.recognition.errors import AwardRefused, TemplateRefused
from shared_apps.recognition.models import CertificateTemplate, CertificateTemplateVersion
from shared_apps.recognition.services import templates
from shared_apps.recognition.services.templates import Look

Give = Callable[..., Any]
SIGNERS = [{"name": "Pejabat Contoh", "position": "Kepala", "rank": "", "number": ""}]


def look(**changes: Any) -> Look:
    values: dict[str, Any] = {"signers": SIGNERS, "opening": "diberikan kepada", "place": "Ende"}
    return Look(**(values | changes))


@pytest.fixture
def template(tenant_a: Any) -> CertificateTemplate:
    """A template of tenant A that is its default."""
    made = templates.create(tenant=tenant_a, name="Baku", look=look(), by=None)
    return templates.make_default(template_id=made.pk, tenant=tenant_a, by=None)


@pytest.mark.parametrize(
    "text",
    [
        "{kata_sandi}",
        "{nama.__class__}",
        "{{ c.code }}",
        "{% include 'x' %}",
        "{0}",
        "{}",
        "{nama",
        "nama}",
        "{nama!r}",
        "{jp:>9999999}",
    ],
)
def test_only_known_names(text: str) -> None:
    with pytest.raises(TemplateRefused, match="dapat dipakai"):
        placeholders.check(text)


def test_values_are_never_read_as_text_with_names() -> None:
    filled = placeholders.filled("untuk {nama} ({nip})", {"nama": "{nip}{program}", "nip": "1"})
    assert filled == "untuk {nip}{program} (1)"


@pytest.mark.parametrize(
    ("pattern", "yearly", "fits"),
    [
        ("{nomor:6}/{kode_unit}/{tahun}", True, True),
        ("{nomor}/{kode_topik}/{bulan_romawi}/{tahun}", True, True),
        ("{nomor}", False, True),
        ("{nomor}", True, False),
        ("{tahun}", True, False),
        ("{nomor}{nomor}/{tahun}", True, False),
        ("{nomor:0}/{tahun}", True, False),
        ("{nomor:12}/{tahun}", True, False),
        ("{tahun:4}/{nomor}", True, False),
        ("{nama}/{nomor}/{tahun}", True, False),
        ("{nomor", False, False),
        ("{nomor}/" + "x" * 75, False, False),
        ("{nomor}\n{tahun}", True, False),
    ],
)
def test_patterns(pattern: str, yearly: bool, fits: bool) -> None:
    if fits:
        numbering.check(pattern, yearly=yearly, unit="kanreg10")
    else:
        with pytest.raises(TemplateRefused):
            numbering.check(pattern, yearly=yearly, unit="kanreg10")


def test_written_numbers() -> None:
    parts = numbering.Parts(7, 2026, 12, "kanreg10", "CPNS")
    pattern = "{nomor:4}/{kode_unit}.{kode_topik}/{bulan_romawi}/{tahun}"
    assert numbering.written(pattern, parts) == "0007/KANREG10.CPNS/XII/2026"
    assert numbering.topic_code("Cuti Pegawai Negeri Sipil") == "CPNS"
    assert numbering.topic_code("—") == "X"


def test_a_version_is_never_changed(template: CertificateTemplate) -> None:
    version = template.versions.get()
    for change in (
        lambda: CertificateTemplateVersion.objects.filter(pk=version.pk).update(heading="Lain"),
        version.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_issued_certificates_keep_their_look(
    template: CertificateTemplate, give: Give, make_account: Any, tenant_a: Any
) -> None:
    old = give(make_account(), tenant_a)
    before = documents.certificate_pdf(old)
    changed = templates.change(
        template_id=template.pk,
        tenant=tenant_a,
        name="Baku",
        look=look(design="frame", heading="PIAGAM", place="Kupang"),
        seen=1,
        by=None,
    )
    assert changed.version == 2 and changed.versions.count() == 2
    new = give(make_account(), tenant_a)
    old.refresh_from_db()
    assert documents.certificate_pdf(old) == before
    assert (old.template_version.number, new.template_version.number) == (1, 2)
    assert (old.place, new.place) == ("Ende", "Kupang")
    assert old.signer_name == "Pejabat Contoh" and new.layout == documents.LAYOUT
    templates.archive(template_id=template.pk, tenant=tenant_a, by=None)
    assert documents.certificate_pdf(old) == before
    # Without a default template the built-in look is used again.
    assert give(make_account(), tenant_a).template_version is None


def test_the_same_look_makes_no_version(template: CertificateTemplate, tenant_a: Any) -> None:
    renamed = templates.change(
        template_id=template.pk, tenant=tenant_a, name="Nama lain", look=look(), seen=1, by=None
    )
    assert (renamed.version, renamed.name, renamed.versions.count()) == (1, "Nama lain", 1)


def test_two_people_at_once(template: CertificateTemplate, tenant_a: Any) -> None:
    values = {"template_id": template.pk, "tenant": tenant_a, "name": "Baku", "seen": 1, "by": None}
    templates.change(look=look(heading="SATU"), **values)
    with pytest.raises(TemplateRefused, match="diubah orang lain"):
        templates.change(look=look(heading="DUA"), **values)
    # The same button pressed twice is no conflict.
    assert templates.change(look=look(heading="SATU"), **values).version == 2


def test_refusals(template: CertificateTemplate, tenant_a: Any, tenant_b: Any) -> None:
    for bad in (
        look(signers=[]),
        look(signers=SIGNERS * 4),
        look(statement="{rahasia}"),
        look(number_pattern="{tahun}"),
        look(logos=["0" * 64]),
        look(background_sha256="../../etc/passwd"),
    ):
        with pytest.raises(TemplateRefused):
            templates.create(tenant=tenant_a, name="Salah", look=bad, by=None)
    with pytest.raises(TemplateRefused, match="dengan nama itu"):
        templates.create(tenant=tenant_a, name="Baku", look=look(), by=None)
    with pytest.raises(TemplateRefused):
        templates.create(tenant=tenant_a, name="   ", look=look(), by=None)
    for work in (templates.make_default, templates.archive, templates.restore):
        with pytest.raises(TemplateRefused):
            work(template_id=template.pk, tenant=tenant_b, by=None)
    assert CertificateTemplate.objects.filter(tenant=tenant_a).count() == 1


def test_one_default(template: CertificateTemplate, tenant_a: Any) -> None:
    other = templates.create(tenant=tenant_a, name="Kedua", look=look(), by=None)
    templates.make_default(template_id=other.pk, tenant=tenant_a, by=None)
    templates.make_default(template_id=other.pk, tenant=tenant_a, by=None)
    assert [each.name for each in selectors.templates_of(tenant_a)] == ["Kedua", "Baku"]
    templates.archive(template_id=other.pk, tenant=tenant_a, by=None)
    with pytest.raises(TemplateRefused, match="diarsipkan"):
        templates.make_default(template_id=other.pk, tenant=tenant_a, by=None)
    templates.restore(template_id=other.pk, tenant=tenant_a, by=None)
    assert not CertificateTemplate.objects.filter(tenant=tenant_a, is_default=True).exists()
    verbs = list(
        Event.objects.filter(ref=str(other.pk)).order_by("pk").values_list("verb", flat=True)
    )
    assert sorted(verbs) == [
        "certificate_template.archived",
        "certificate_template.created",
        "certificate_template.made_default",
        "certificate_template.restored",
    ]


def test_a_named_template(
    template: CertificateTemplate, give: Give, make_account: Any, tenant_a: Any, tenant_b: Any
) -> None:
    special = templates.create(
        tenant=tenant_a,
        name="Khusus",
        look=look(number_pattern="S-{nomor:3}.{kode_topik}", number_yearly=False),
        by=None,
    )
    found = give(
        make_account(), tenant_a, template_id=special.pk, batch="Angkatan IV", venue="Kupang"
    )
    assert found.number == "S-001.CPNS" and (found.batch, found.venue) == ("Angkatan IV", "Kupang")
    for strange in (uuid.uuid4(), special.pk):
        with pytest.raises(AwardRefused), transaction.atomic():
            give(make_account(), tenant_b, template_id=strange)
    with pytest.raises(AwardRefused), transaction.atomic():
        give(make_account(), tenant_a, template_id=uuid.uuid4())


def test_two_patterns_never_give_one_number(give: Give, make_account: Any, tenant_a: Any) -> None:
    same = "{nomor}/{tahun}"
    yearly = templates.create(
        tenant=tenant_a, name="Tahunan", look=look(number_pattern=same), by=None
    )
    endless = templates.create(
        tenant=tenant_a,
        name="Bersambung",
        look=look(number_pattern=same, number_yearly=False),
        by=None,
    )
    found = [
        give(make_account(), tenant_a, template_id=each.pk).number
        for each in (yearly, endless, yearly, endless)
    ]
    assert len(set(found)) == 4


def test_grade_post_and_unit_of_the_staff_list(
    template: CertificateTemplate, give: Give, make_account: Any, tenant_a: Any
) -> None:
    import datetime

    from shared_apps.employees.models import Assignment, Employee, Unit

    account = make_account()
    unit = Unit.objects.create(agency=account.home_agency, code="B1", name="Biro SDM")
    employee = Employee.objects.create(
        agency=account.home_agency,
        number=account.identity.number,
        name=account.name,
        account=account,
    )
    Assignment.objects.create(
        employee=employee,
        valid_from=datetime.date(2020, 1, 1),
        unit=unit,
        post="Analis SDM Aparatur",
        grade="III/c",
        kind="pns",
    )
    found = give(account, tenant_a)
    kept = (found.holder_grade, found.holder_post, found.holder_unit)
    assert kept == ("Penata (III/c)", "Analis SDM Aparatur", "Biro SDM")
    employee.assignments.update(post="Kepala Bagian")
    found.refresh_from_db()
    assert found.holder_post == "Analis SDM Aparatur"
    assert give(make_account(), tenant_a).holder_post == ""
