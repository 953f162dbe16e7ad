"""The workspace's pages of the question bank, without JavaScript."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tenants.schemas import in_tenant

pytestmark = pytest.mark.django_db
ROWS: dict[str, list[dict[str, str]]] = {
    "single": [{"text": "12 hari", "right": "on"}, {"text": "6 hari"}, {"text": ""}],
    "true_false": [{"text": "Benar"}, {"text": "Salah", "right": "on"}],
    "multiple": [{"text": t, "right": "on"} for t in "abc"] + [{"text": "d"}],
    "weighted": [{"text": f"p{n}", "points": str(n)} for n in range(1, 6)],
    "short": [{"text": "cuti *"}, {"text": "izin", "percent": "50"}],
    "numerical": [{"text": "12,5", "tolerance": "0,5"}],
    "matching": [{"prompt": "PNS", "answer": "NIP"}, {"prompt": "PPPK", "answer": "NI PPPK"}],
    "essay": [{"text": "Alur", "points": "4"}],
}


def filled(kind: str, **more: Any) -> dict[str, Any]:
    """Return the form of a kind, filled in."""
    data: dict[str, Any] = {
        "stem": "Berapa lama?", "new_category": "Kepegawaian/Cuti", "code": f"k-{kind}",
        "difficulty": "hard", "tags": "cuti, asn", "shuffle": "on",
        "baris-TOTAL_FORMS": str(len(ROWS[kind])), "baris-INITIAL_FORMS": "0",
    }  # fmt: skip
    for index, row in enumerate(ROWS[kind]):
        data |= {f"baris-{index}-{name}": value for name, value in row.items()}
    return {**data, **more}


def question(tenant: Any, code: str) -> Any:
    """Return a question by its code."""
    from tenant_apps.question_bank.models import Question

    with in_tenant(tenant):
        return Question.objects.select_related("category").get(code=code)


@pytest.mark.parametrize("kind", list(ROWS))
def test_every_kind_by_its_form(office: Client, tenant_a: Any, kind: str) -> None:
    """Written, shown, opened and saved again without a change: one version."""
    assert office.get(f"/kelola/soal/baru/{kind}/").status_code == 200
    answered = office.post(f"/kelola/soal/baru/{kind}/", filled(kind), follow=True)
    page = answered.content.decode()
    assert "tersimpan" in page and f"k-{kind}" in page, page[:500]
    made = question(tenant_a, f"k-{kind}")
    assert (made.version, made.tags, made.difficulty) == (1, ["cuti", "asn"], "hard")
    form = office.get(f"/kelola/soal/{made.pk}/ubah/").context["draft"]
    again = {f"baris-{n}-{name}": str(value)
             for n, row in enumerate(form.rows.initial) for name, value in row.items()
             if value not in (None, False)}  # fmt: skip
    values = {
        name: value for name, value in form.form.initial.items() if value not in (None, False)
    }
    data = {**values, **again, "baris-TOTAL_FORMS": str(len(form.rows.initial)),
            "baris-INITIAL_FORMS": str(len(form.rows.initial))}  # fmt: skip
    answered = office.post(f"/kelola/soal/{made.pk}/ubah/", data)
    assert answered.status_code == 302, answered.content.decode()[:3000]
    assert question(tenant_a, f"k-{kind}").version == 1


def test_what_was_typed_stays(office: Client, tenant_a: Any) -> None:
    """A refusal stands at its field, nothing is stored, and every word is still there."""
    data = filled("single", **{"baris-1-right": "on", "explanation": "Penjelasan panjang"})
    answered = office.post("/kelola/soal/baru/single/", data)
    page = answered.content.decode()
    assert answered.status_code == 422
    assert "Tandai tepat satu jawaban yang benar." in page
    assert "Penjelasan panjang" in page and "6 hari" in page
    answered = office.post("/kelola/soal/baru/single/", filled("single", new_category=""))
    assert answered.status_code == 422 and "Pilih atau tulis kategori soal." in (
        answered.content.decode()
    )
    office.post("/kelola/soal/baru/single/", filled("single"))
    answered = office.post("/kelola/soal/baru/single/", filled("single", stem="Lain?"))
    assert "sudah dipakai soal lain" in answered.content.decode()
    assert question(tenant_a, "k-single").version == 1


def test_a_button_adds_rows_without_saving(office: Client, tenant_a: Any) -> None:
    """The form comes back with more rows and no complaints."""
    from tenant_apps.question_bank.models import Question

    answered = office.post("/kelola/soal/baru/single/", filled("single", tambah="1", stem=""))
    page = answered.content.decode()
    assert answered.status_code == 200 and 'name="baris-4-text"' in page and "12 hari" in page
    assert "field-error" not in page
    with in_tenant(tenant_a):
        assert not Question.objects.exists()


@pytest.mark.parametrize("text", ["1.500", "12.345"])
def test_an_ambiguous_number_is_refused(office: Client, text: str) -> None:
    """An author is asked what they mean, as those who answer are."""
    answered = office.post(
        "/kelola/soal/baru/numerical/", filled("numerical", **{"baris-0-text": text})
    )
    assert answered.status_code == 422 and "Tulis ribuan tanpa titik" in answered.content.decode()


def test_images_and_their_readers(
    office: Client, tenant_a: Any, client_for: Callable[..., Any], make_account: Callable[..., Any],
    tmp_path: Any, settings: Any,
) -> None:  # fmt: skip
    """An uploaded image is served to the bank's workers and to nobody else."""
    settings.MEDIA_ROOT = tmp_path
    buffer = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(buffer, "PNG")
    upload = SimpleUploadedFile("bagan satu.png", buffer.getvalue(), "image/png")
    data = filled("single", stem="Lihat ![bagan](bagan-satu.png)", images=upload)
    assert office.post("/kelola/soal/baru/single/", data).status_code == 302
    body = question(tenant_a, "k-single").body["stem"]
    address = body.split('src="')[1].split('"')[0]
    served = office.get(address)
    assert served.status_code == 200 and b"".join(served.streaming_content)[:4] == b"\x89PNG"
    assert client_for(tenant_a).get(address).status_code == 404
    assert client_for(tenant_a, make_account()).get(address).status_code == 404


def test_preview_shows_the_key_to_authors_only(
    office: Client, tenant_a: Any, client_for: Callable[..., Any], make_account: Callable[..., Any]
) -> None:
    """It is drawn by the code that draws the question, and says what is missing."""
    page = office.post("/kelola/soal/pratinjau/weighted/", filled("weighted")).content.decode()
    assert "5 poin" in page and "<html" not in page
    page = office.post("/kelola/soal/pratinjau/single/", filled("single", stem="")).content.decode()
    assert "Tulis pertanyaannya." in page
    attack = filled("single", stem="<script>alert(1)</script> ![x](a.png)")
    assert "<script" not in office.post("/kelola/soal/pratinjau/single/", attack).content.decode()
    stranger = client_for(tenant_a, make_account())
    assert stranger.post("/kelola/soal/pratinjau/single/", filled("single")).status_code == 403


def test_two_editors(office: Client, tenant_a: Any) -> None:
    """Who saved later is told, and keeps their text."""
    office.post("/kelola/soal/baru/single/", filled("single"))
    made = question(tenant_a, "k-single")
    category = {"category": str(made.category_id), "new_category": "", "version": "1"}
    url = f"/kelola/soal/{made.pk}/ubah/"
    assert office.post(url, filled("single", stem="Satu?", **category)).status_code == 302
    answered = office.post(url, filled("single", stem="Dua?", **category))
    page = answered.content.decode()
    assert answered.status_code == 422 and "sudah diubah orang lain" in page and "Dua?" in page


def test_history_and_state(office: Client, tenant_a: Any) -> None:
    """An earlier wording returns as a new version; a retired question says so."""
    office.post("/kelola/soal/baru/single/", filled("single", stem="Pertama?"))
    made = question(tenant_a, "k-single")
    data = filled("single", stem="Kedua?", category=str(made.category_id), version="1")
    office.post(f"/kelola/soal/{made.pk}/ubah/", {**data, "new_category": ""})
    page = office.get(f"/kelola/soal/{made.pk}/").content.decode()
    assert "Versi 1" in page and "Versi 2" in page and "Wayan Sudiarta" in page
    office.post(f"/kelola/soal/{made.pk}/versi/1/pulihkan/")
    assert question(tenant_a, "k-single").body["stem"] == "Pertama?"
    assert question(tenant_a, "k-single").version == 3
    page = office.post(f"/kelola/soal/{made.pk}/status/", {"status": "tarik"}, follow=True)
    assert "Soal ini ditarik" in page.content.decode()
    assert "k-single" not in office.get("/kelola/soal/?status=aktif").content.decode()


def test_the_list_filters_sorts_and_downloads(
    office: Client, tenant_a: Any, django_assert_num_queries: Any
) -> None:
    """A fixed number of queries however many questions there are."""
    for kind in ROWS:
        office.post(f"/kelola/soal/baru/{kind}/", filled(kind))
    office.get("/kelola/soal/")
    with django_assert_num_queries(5):
        page = office.get("/kelola/soal/").content.decode()
    assert all(f"k-{kind}" in page for kind in ROWS)
    category = question(tenant_a, "k-single").category
    for query, there, gone in (
        ("jenis=essay", "k-essay", "k-single"),
        ("kata=k-short", "k-short", "k-essay"),
        ("kata=izin", "k-short", "k-essay"),
        ("label=asn", "k-single", "zzz"),
        ("kesulitan=easy", "Tidak ada yang cocok", "k-single"),
        (f"kategori={category.parent_id}", "k-single", "zzz"),
        ("kategori=bukan-uuid", "k-single", "zzz"),
    ):
        page = office.get(f"/kelola/soal/?{query}").content.decode()
        assert there in page and gone not in page, query
    for sort in ("kode", "-jenis", "kategori", "-dijawab", "p"):
        assert office.get(f"/kelola/soal/?urut={sort}").status_code == 200
    assert office.get("/kelola/soal/?format=xlsx").status_code == 200


def test_categories(office: Client, tenant_a: Any) -> None:
    """Made, moved, refused where they would become a circle, deleted when empty."""
    from tenant_apps.question_bank.models import Category

    office.post("/kelola/soal/kategori/", {"name": "Kepegawaian"})
    with in_tenant(tenant_a):
        above = Category.objects.get(name="Kepegawaian")
    office.post("/kelola/soal/kategori/", {"name": "Cuti", "parent": str(above.pk)})
    assert office.post("/kelola/soal/kategori/", {"name": "kepegawaian"}).status_code == 422
    with in_tenant(tenant_a):
        below = Category.objects.get(name="Cuti")
    url = f"/kelola/soal/kategori/{above.pk}/"
    assert office.post(url, {"name": "X", "parent": str(below.pk)}).status_code == 422
    answered = office.post(url + "hapus/", follow=True)
    assert "masih berisi" in answered.content.decode()
    assert office.post(url, {"name": "ASN", "parent": ""}).status_code == 302
    assert "ASN/Cuti" in office.get("/kelola/soal/kategori/").content.decode()
    office.post(f"/kelola/soal/kategori/{below.pk}/hapus/")
    office.post(url + "hapus/")
    with in_tenant(tenant_a):
        assert not Category.objects.exists()


@pytest.mark.parametrize(("role", "sees", "edits"), [("reviewer", 200, 403), ("trainer", 403, 403)])
def test_rights(
    role: str, sees: int, edits: int, tenant_a: Any, client_for: Callable[..., Any],
    make_account: Callable[..., Any],
) -> None:  # fmt: skip
    """A reviewer reads the bank; a trainer does not."""
    from shared_apps.access.services import grant_role

    account = make_account(agency="bkn")
    grant_role(account=account, tenant=tenant_a, role=role, by=None)
    client = client_for(tenant_a, account)
    assert client.get("/kelola/soal/").status_code == sees
    assert client.get("/kelola/soal/baru/single/").status_code == edits
    assert client.get("/kelola/esai/").status_code == (403 if role == "reviewer" else 200)
    client.post("/kelola/soal/kategori/", {"name": "Oleh penelaah"})
    from tenant_apps.question_bank.models import Category

    with in_tenant(tenant_a):
        assert not Category.objects.exists()
