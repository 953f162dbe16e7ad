"""The workshop's pages: who sees them, what they answer, autosave, conflict, files."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from tenant_apps.learning.models import Section, Topic

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture
def desk(client_for: Callable[..., Client], tenant_a: Any, author: Any) -> Client:
    """The author's client."""
    return client_for(tenant_a, author)


@pytest.fixture
def chief(client_for: Callable[..., Client], tenant_a: Any, manager: Any) -> Client:
    """The manager's client."""
    return client_for(tenant_a, manager)


def png(colour: str = "#0b5563") -> io.BytesIO:
    """Return an image as a browser sends it."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 20), colour).save(buffer, "PNG")
    buffer.seek(0)
    buffer.name = "alur.png"
    return buffer


def section(topic: Topic, key: str = "syarat") -> Section:
    """Return a section of the draft as stored."""
    return Section.objects.get(version=topic.draft_id, key=key)


def test_the_list_has_a_fixed_number_of_queries(
    chief: Client, published: Topic, draft: Topic, django_assert_max_num_queries: Any
) -> None:
    """One page, whatever it holds; sorted, filtered and downloaded."""
    with django_assert_max_num_queries(8):
        page = chief.get("/kelola/topik/").content.decode()
    assert published.title in page and "Cuti Besar" in page
    assert "Cuti Besar" not in chief.get("/kelola/topik/?status=published").content.decode()
    assert "Cuti Besar" in chief.get("/kelola/topik/?status=draft&q=besar").content.decode()
    assert chief.get("/kelola/topik/?format=csv&urut=-learners").status_code == 200
    assert chief.get("/kelola/topik/?format=xlsx").status_code == 200


def test_a_topic_is_made_from_a_title(desk: Client, opened: Any) -> None:
    """Faults stand at the field and keep what was typed."""
    answer = desk.post("/kelola/topik/baru/", {"title": "Etika ASN", "slug": "X", "jp": "dua"})
    page = answer.content.decode()
    assert answer.status_code == 422 and 'value="Etika ASN"' in page and 'value="dua"' in page
    answer = desk.post("/kelola/topik/baru/", {"title": "Etika ASN", "slug": "", "jp": "0"})
    assert answer.context["form"].errors["jp"] == ["JP harus lebih dari 0."]
    answer = desk.post("/kelola/topik/baru/", {"title": "Etika ASN", "slug": "", "jp": "1,5"})
    assert answer["Location"] == "/kelola/topik/etika-asn/"
    assert str(Topic.objects.get(slug="etika-asn").jp) == "1.50"
    page = desk.get("/kelola/topik/etika-asn/").content.decode()
    assert "Belum ada bagian materi." in page and "1,50 JP" in page or "1,5 JP" in page


def test_properties_are_kept_or_refused_whole(desk: Client, draft: Topic) -> None:
    """Lines become lists; agencies are named by their names."""
    url = f"/kelola/topik/{draft.slug}/isian/"
    data = {
        "revision": "0", "title": "Cuti Besar", "slug": draft.slug, "summary": "Untuk PNS.",
        "goals": "Menghitung\n\nMengajukan ", "regulations": "", "keywords": "cuti", "jp": "2",
        "visibility": "chosen", "agencies": "Tidak Ada", "pass_percent": "80",
        "questions_per_test": "", "note": "",
    }  # fmt: skip
    answer = desk.post(url, data)
    assert answer.status_code == 422 and "Instansi tidak dikenal: Tidak Ada." in (
        answer.content.decode()
    )
    data["agencies"] = "Badan Kepegawaian Negara"
    assert desk.post(url, data).status_code == 302
    topic = Topic.objects.select_related("draft").get(pk=draft.pk)
    assert topic.draft and topic.draft.goals == ["Menghitung", "Mengajukan"]
    assert len(topic.draft.agencies) == 1 and topic.draft.pass_percent == 80
    # Somebody else had opened the form before.
    answer = desk.post(url, {**data, "summary": "Lain."})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Untuk PNS." in page and "Lain." in page
    assert re.search(r'name="revision"\s+value="1"', page)
    assert desk.post(url, {**data, "summary": "Lain.", "revision": "1"}).status_code == 302


def test_autosave_and_conflict(desk: Client, chief: Client, draft: Topic) -> None:
    """A receipt with revision and clock time; a second editor gets 409 and both texts."""
    url = f"/kelola/topik/{draft.slug}/bagian/syarat/"
    sent = {"title": "Syarat", "markdown": "Enam tahun.", "revision": "0"}
    receipt = desk.post(url, sent, headers=JSON).json()
    assert receipt["revision"] == 1 and len(receipt["saved_at"].split(".")) == 3
    assert desk.post(url, sent, headers=JSON).json()["revision"] == 1
    other = {**sent, "markdown": "Lima tahun."}
    answer = chief.post(url, other, headers=JSON)
    assert answer.status_code == 409 and answer.json()["by"] == "Komang Ayu"
    page = chief.post(url, other)
    text = page.content.decode()
    assert page.status_code == 409 and "Lima tahun." in text and "Enam tahun." in text
    assert re.search(r'name="revision"\s+value="1"', text)
    assert section(draft).markdown == "Enam tahun."
    assert chief.post(url, {**other, "revision": "1"}).status_code == 302
    assert section(draft).markdown == "Lima tahun."
    answer = desk.post(url, {**sent, "title": " ", "revision": "2"}, headers=JSON)
    assert answer.status_code == 422 and "Beri judul" in answer.json()["message"]
    answer = desk.post(url, {**sent, "title": " ", "revision": "2"})
    assert answer.status_code == 422 and "Enam tahun." in answer.content.decode()
    assert desk.post(url, {**sent, "revision": "-7"}, headers=JSON).status_code == 409


def test_hostile_markdown_is_shown_as_text(desk: Client, draft: Topic) -> None:
    """Neither the preview nor the section runs what somebody writes; foreign images are out."""
    text = (
        "<script>alert(1)</script>\n\n[x](javascript:alert(1))\n\n![a](https://jahat.test/a.png)"
        '\n\n!video(https://jahat.test/x)\n\n!lampiran(/berkas/x/)\n\n<div class="embed-0"></div>'
    )
    answer = desk.post(f"/kelola/topik/{draft.slug}/pratinjau/", {"markdown": text})
    html = answer.content.decode()
    assert "<script" not in html and 'href="javascript' not in html
    assert "jahat.test" not in html and "<iframe" not in html


def test_videos_of_allowed_hosts(desk: Client, draft: Topic) -> None:
    """A link that opens the film at its provider, and the player for who has a script."""
    text = "!video(https://www.youtube.com/watch?v=dQw4w9--gXcQ)\n\nkode: `!video(https://x)`"
    answer = desk.post(f"/kelola/topik/{draft.slug}/pratinjau/", {"markdown": text})
    html = answer.content.decode()
    assert 'data-video="https://www.youtube-nocookie.com/embed/dQw4w9--gXcQ"' in html
    assert 'href="https://www.youtube.com/watch?v=dQw4w9--gXcQ"' in html
    page = desk.get(f"/kelola/topik/{draft.slug}/bagian/syarat/")
    policy = page["Content-Security-Policy"]
    assert "frame-src https://www.youtube-nocookie.com https://player.vimeo.com" in policy
    assert "frame-src" not in desk.get("/kelola/topik/")["Content-Security-Policy"]


def test_files_are_told_by_their_content(desk: Client, draft: Topic) -> None:
    """An image needs a text alternative; what is no image, PDF or film is refused."""
    url = f"/kelola/topik/{draft.slug}/berkas/"
    answer = desk.post(url, {"file": png(), "alt": " "}, headers=JSON)
    assert answer.status_code == 422 and "teks pengganti" in answer.json()["message"]
    line = desk.post(url, {"file": png(), "alt": "Alur [cuti]"}, headers=JSON).json()["markdown"]
    assert line.startswith("![Alur (cuti)](/berkas/")
    html = desk.post(f"/kelola/topik/{draft.slug}/pratinjau/", {"markdown": line}).content.decode()
    assert '<img src="/berkas/' in html and 'alt="Alur (cuti)"' in html
    fake = io.BytesIO(b"MZ\x90\x00" * 40)
    fake.name = "surat.pdf"
    answer = desk.post(url, {"file": fake}, headers=JSON)
    assert answer.status_code == 422 and "bukan gambar" in answer.json()["message"]
    assert desk.post(url, {"alt": "x"}).status_code == 422
    page = desk.post(url, {"file": png("#a1231d"), "alt": "Peta"})
    assert page.status_code == 302 and "alur.png" in desk.get(url).content.decode()


def test_viewing_as_a_participant_writes_nothing(
    desk: Client, chief: Client, published: Topic
) -> None:
    """The draft, or any version, with a banner; no enrolment comes of it."""
    from tenant_apps.learning.models import Enrolment, SectionReading

    first = published.current.sections.first()
    page = chief.get(f"/kelola/topik/{published.slug}/lihat/").content.decode()
    assert "Tidak ada yang dicatat" in page and first.title in page
    page = chief.get(f"/kelola/topik/{published.slug}/lihat/{first.key}/?versi=1")
    assert page.status_code == 200 and first.html in page.content.decode()
    assert chief.get(f"/kelola/topik/{published.slug}/lihat/?versi=9").status_code == 404
    assert chief.get(f"/kelola/topik/{published.slug}/lihat/tidak-ada/").status_code == 404
    assert not Enrolment.objects.exists() and not SectionReading.objects.exists()


def test_a_whole_version_by_the_buttons(desk: Client, chief: Client, published: Topic) -> None:
    """New version, changed section, publication, and the page of what changed."""
    slug = published.slug
    assert desk.post(f"/kelola/topik/{slug}/draf/").status_code == 403, "not the author's topic"
    chief.post(f"/kelola/topik/{slug}/draf/")
    topic = Topic.objects.get(pk=published.pk)
    key = topic.draft.sections.first().key if topic.draft else ""
    row = section(topic, key)
    url = f"/kelola/topik/{slug}/bagian/{key}/"
    chief.post(url, {"title": row.title, "markdown": row.markdown + "\nTambahan.", "revision": "0"})
    page = chief.get(f"/kelola/topik/{slug}/").content.decode()
    assert "Terbitkan versi 2" in page
    chief.post(f"/kelola/topik/{slug}/terbitkan/")
    assert Topic.objects.get(pk=published.pk).version == 2
    page = chief.get(f"/kelola/topik/{slug}/versi/2/").content.decode()
    assert "<ins>Tambahan.</ins>" in page
    assert "Ini versi pertama." in chief.get(f"/kelola/topik/{slug}/versi/1/").content.decode()


def test_a_missing_note_keeps_the_page(chief: Client, published: Topic) -> None:
    """Returning without a word is refused where the word was missing."""
    slug = published.slug
    chief.post(f"/kelola/topik/{slug}/draf/")
    chief.post(f"/kelola/topik/{slug}/ajukan/")
    answer = chief.post(f"/kelola/topik/{slug}/kembalikan/", {"remark": " "})
    assert answer.status_code == 422 and "Tulis apa yang perlu diperbaiki" in (
        answer.content.decode()
    )
    chief.post(f"/kelola/topik/{slug}/kembalikan/", {"remark": "Tambah contoh."})
    assert "Tambah contoh." in chief.get(f"/kelola/topik/{slug}/").content.decode()
