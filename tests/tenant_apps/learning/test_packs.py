"""Content packs: faults with file and line, idempotent import, and the content that ships."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

DEMO = Path(__file__).resolve().parents[3] / "deploy" / "demo"
SHIPPED = sorted(path.parent for path in DEMO.glob("*/*/topic.md"))


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of a good pack, to be broken."""
    return Path(shutil.copytree(DEMO / "kanreg10" / "cuti-pns", tmp_path / "cuti-pns"))


def edit(path: Path, old: str, new: str) -> None:
    """Replace text in a file that must hold it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("---\ntitle:", "--\ntitle:", 1),
        ("title: ", "title: [", None),
        ("title: ", "judul: ", 2),
        ("jp: 2", "jp: dua", None),
        ("jp: 2", "jp: 2.005", None),
        ("jp: 2", "jp: -1", None),
        ("jp: 2", "jp: 2\nvisibility: semua", None),
        ("## ", "##  Tanpa kunci\n\nTeks\n\n## ", None),
    ],
)
@pytest.mark.django_db
def test_a_bad_topic_file_is_refused_with_file_and_line(
    pack: Path, old: str, new: str, line: int | None
) -> None:
    """The message starts with `<file>:<line>:`."""
    from tenant_apps.learning.errors import PackError
    from tenant_apps.learning.packs import read_pack

    edit(pack / "topic.md", old, new)
    with pytest.raises(PackError) as refused:
        read_pack(pack)
    found = re.match(r"(.+):(\d+): \S", str(refused.value))
    assert found and found[1] == str(pack / "topic.md")
    assert line is None or int(found[2]) == line


@pytest.mark.django_db
def test_questions_must_name_sections(pack: Path) -> None:
    """A category that is no section is refused with the line of the question."""
    from tenant_apps.learning.errors import PackError
    from tenant_apps.learning.packs import read_pack

    path = pack / "questions.gift"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"\$CATEGORY: .*", "$CATEGORY: tidak-ada", text, count=1), "utf-8")
    with pytest.raises(PackError) as refused:
        read_pack(pack)
    line = int(str(refused.value).split(":")[1])
    assert path.read_text(encoding="utf-8").splitlines()[line - 1].startswith("::")


@pytest.mark.django_db
@pytest.mark.parametrize("source", ["../../x.png", "/etc/passwd", "images/tidak-ada.png"])
def test_images_stay_inside_the_pack(pack: Path, source: str) -> None:
    """A path that leads outside, or nowhere, is refused."""
    from tenant_apps.learning.errors import PackError
    from tenant_apps.learning.packs import read_pack

    with (pack / "topic.md").open("a", encoding="utf-8") as file:
        file.write(f"\n![gambar]({source})\n")
    with pytest.raises(PackError):
        read_pack(pack)


@pytest.mark.django_db
def test_import_is_idempotent_and_keeps_places(pack: Path, tenant_a: Any) -> None:
    """Again: nothing changes. Changed: the next version, while the first keeps its sections."""
    from shared_apps.catalog.models import Entry
    from tenant_apps.learning.models import Topic
    from tenants.schemas import in_tenant

    call_command("import_content", "kanreg10", str(pack))
    with in_tenant(tenant_a):
        topic = Topic.objects.get()
        first = topic.current
        before = list(first.sections.values_list("id", "key"))
    stamp = Entry.objects.get(uuid=topic.pk).updated_at
    call_command("import_content", "kanreg10", str(pack))
    assert Entry.objects.get(uuid=topic.pk).updated_at == stamp
    text = (pack / "topic.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## .*\{#(.+)\}$", text, re.MULTILINE)
    edit(pack / "topic.md", f"{{#{headings[-1]}}}", "{#bagian-baru}")
    gift = pack / "questions.gift"
    gift.write_text(gift.read_text("utf-8").replace(f": {headings[-1]}", ": bagian-baru"), "utf-8")
    call_command("import_content", "kanreg10", str(pack))
    with in_tenant(tenant_a):
        topic = Topic.objects.get()
        assert (topic.version, topic.current.number) == (2, 2)
        first.refresh_from_db()
        assert first.state == "superseded"
        assert list(first.sections.values_list("id", "key")) == before
        after = list(topic.current.sections.values_list("key", flat=True))
    assert after == [*headings[:-1], "bagian-baru"]


@pytest.mark.django_db
def test_a_bad_pack_among_good_ones_writes_nothing(tmp_path: Path, tenant_a: Any) -> None:
    """Every pack is read before the first is written."""
    from tenant_apps.learning.models import Topic
    from tenants.schemas import in_tenant

    shutil.copytree(DEMO / "kanreg10" / "cuti-pns", tmp_path / "cuti-pns")
    shutil.copytree(DEMO / "kanreg10" / "disiplin-pns", tmp_path / "disiplin-pns")
    edit(tmp_path / "disiplin-pns" / "topic.md", "jp: 2", "jp: banyak")
    with pytest.raises(CommandError, match="disiplin-pns"):
        call_command("import_content", "kanreg10", str(tmp_path))
    with in_tenant(tenant_a):
        assert not Topic.objects.exists()


def test_fourteen_topics_ship() -> None:
    """Eight of BKN Kanreg X, three of each other provider."""
    counts = {
        code: sum(path.parent.name == code for path in SHIPPED)
        for code in ("kanreg10", "wkmb", "rumahbelajar")
    }
    assert counts == {"kanreg10": 8, "wkmb": 3, "rumahbelajar": 3}


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda path: path.name)
def test_shipped_content_is_whole(folder: Path) -> None:
    """At least 700 words and 20 questions with explanations; each section is asked about; 2 JP."""
    from tenant_apps.learning.packs import read_pack
    from toolkit.markdown import plain_words

    found = read_pack(folder)
    assert sum(len(plain_words(section.markdown)) for section in found.sections) >= 700
    assert len(found.questions) >= 20
    assert all(question.explanation for question in found.questions)
    assert {question.section for question in found.questions} == {s.key for s in found.sections}
    assert found.jp == 2 and found.goals and found.regulations
