"""Collecting, checking and compiling texts: on small trees with planted faults."""

import gettext as gnu
import os
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django import forms
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import translation
from django.utils.translation import ngettext

from toolkit import translations

PYTHON = '''"""A module."""
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext

A = _("Halo")
B = gettext_lazy("Selamat datang {name}")
C = ngettext("%(n)d orang", "%(n)d orang", 2)
D = pgettext("bulan", "Mei")
E = _(
    "satu "
    "dua"
)
'''
TEMPLATE = """{% extends "base.html" %}
    {% block a %}
      <p title="{% translate "Judul" %}">{{ _("Tetap") }} it's {{ x|default:_("Kosong") }}</p>
        {% blocktranslate trimmed with n=x %}
          Halaman {{ n }}
          dari 100 %
        {% endblocktranslate %}
      {% blocktranslate trimmed count n=x %}{{ n }} topik{% plural %}{{ n }} topik
      {% endblocktranslate %}
      {# {% translate "Bukan ini" %} #}
      {% comment %}{% translate "Juga bukan" %}{% endcomment %}
      {% include "b.html" with label=_("Label") only %}
      {% translate "Mei" context "bulan" %} (unbalanced [ {
    {% endblock %}
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small project with one module and one template."""
    for folder in ("platform", "tenants", "tenant_apps"):
        (tmp_path / folder).mkdir()
    app = tmp_path / "shared_apps" / "a"
    (app / "templates" / "a").mkdir(parents=True)
    (app / "migrations").mkdir()
    (app / "views.py").write_text(PYTHON)
    (app / "migrations" / "0001.py").write_text('_("Bukan yang ini")\n')
    (app / "templates" / "a" / "page.html").write_text(TEMPLATE)
    return tmp_path


@pytest.fixture
def po(tree: Path) -> Path:
    """The catalogue of the small project, complete."""
    path = tree / "platform" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    translations.update(tree, path)
    text = path.read_text()
    for source, english in {
        "Halo": "Hello",
        "Selamat datang {name}": "Welcome {name}",
        "Mei": "May",
        "satu dua": "one two",
        "Judul": "Title",
        "Tetap": "Fixed",
        "Kosong": "Empty",
        "Label": "Label",
        "Halaman %(n)s dari 100 %%": "Page %(n)s of 100 %%",
    }.items():
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{english}"')
    text = text.replace(
        'msgid_plural "%(n)d orang"\nmsgstr[0] ""\nmsgstr[1] ""',
        'msgid_plural "%(n)d orang"\nmsgstr[0] "one person"\nmsgstr[1] "%(n)d people"',
    )
    text = text.replace(
        'msgid_plural "%(n)s topik"\nmsgstr[0] ""\nmsgstr[1] ""',
        'msgid_plural "%(n)s topik"\nmsgstr[0] "%(n)s topic"\nmsgstr[1] "%(n)s topics"',
    )
    path.write_text(text)
    return path


def test_every_kind_of_text_is_collected(tree: Path) -> None:
    found = {translations._key(m): m for m in translations.collect(tree) if m.id}
    assert set(found) == {
        ("", "Halo"),
        ("", "Selamat datang {name}"),
        ("", "%(n)d orang"),
        ("bulan", "Mei"),
        ("", "satu dua"),
        ("", "Judul"),
        ("", "Tetap"),
        ("", "Kosong"),
        ("", "Halaman %(n)s dari 100 %%"),
        ("", "%(n)s topik"),
        ("", "Label"),
    }
    assert isinstance(found["", "%(n)s topik"].id, tuple | list)
    places = [place for place, _ in found["bulan", "Mei"].locations]
    assert places == ["shared_apps/a/templates/a/page.html", "shared_apps/a/views.py"]


def test_the_file_is_complete_and_changes_only_with_its_texts(tree: Path, po: Path) -> None:
    assert translations.faults(tree, po) == []
    merge = translations.update(tree, po)
    assert (merge.total, merge.untranslated, merge.dropped) == (11, 0, [])
    first, stamp = po.read_bytes(), po.stat().st_mtime_ns
    translations.update(tree, po)
    assert (po.read_bytes(), po.stat().st_mtime_ns) == (first, stamp)
    module = tree / "shared_apps" / "a" / "views.py"
    module.write_text(PYTHON.replace("A = ", "\n\n\n\nA = "))
    translations.update(tree, po)
    assert po.read_bytes() == first, "a text that moved changes nothing"
    text = first.decode()
    assert "Date" not in text and "@" not in text and "Translator" not in text


def test_update_keeps_translations_and_names_dropped_ones(tree: Path, po: Path) -> None:
    module = tree / "shared_apps" / "a" / "views.py"
    module.write_text(PYTHON.replace('"Halo"', '"Hai"'))
    merge = translations.update(tree, po)
    assert (merge.untranslated, merge.dropped) == (1, ["Halo = Hello"])
    with po.open("rb") as file:
        assert read_po(file).get("satu dua").string == "one two"


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('msgid "Halo"\nmsgstr "Hello"', "", "missing: 'Halo'"),
        ('msgid "Judul"', 'msgid "Judul lama"', "obsolete: 'Judul lama'"),
        ('msgstr "Hello"', 'msgstr ""', "untranslated: 'Halo'"),
        ('msgstr[1] "%(n)d people"', 'msgstr[1] ""', "untranslated: '%(n)d orang'"),
        ('msgid "Halo"', '#, fuzzy\nmsgid "Halo"', "fuzzy: 'Halo'"),
        ('"Welcome {name}"', '"Welcome {nama}"', "other placeholders: 'Selamat datang {name}'"),
        ('"Page %(n)s of', '"Page %(m)s of', "other placeholders: 'Halaman %(n)s dari 100 %%'"),
        ('"%(n)d people"', '"people"', "other placeholders in form 1: '%(n)d orang'"),
        ('"one person"', '"%(x)d person"', "other placeholders in form 0: '%(n)d orang'"),
    ],
)
def test_planted_faults(tree: Path, po: Path, before: str, after: str, fault: str) -> None:
    text = po.read_text()
    assert before in text
    po.write_text(text.replace(before, after))
    assert fault in translations.faults(tree, po)


def test_an_unreadable_source_is_named(tree: Path) -> None:
    (tree / "tenants" / "templates").mkdir()
    broken = tree / "tenants" / "templates" / "broken.html"
    broken.write_text("{% blocktranslate %}a{% if x %}b{% endif %}{% endblocktranslate %}")
    with pytest.raises(translations.UnreadableSource, match=r"tenants/templates/broken\.html"):
        translations.collect(tree)


def test_compiling_only_what_is_newer(po: Path) -> None:
    said: list[str] = []
    assert translations.compile_catalogues([po], say=said.append) == 1
    assert said == ["Translations: django.mo of en compiled."]
    assert translations.compile_catalogues([po]) == 0
    target = po.with_suffix(".mo")
    with target.open("rb") as file:
        texts = gnu.GNUTranslations(file)
    assert texts.gettext("Halo") == "Hello"
    assert texts.pgettext("bulan", "Mei") == "May"
    assert texts.ngettext("%(n)d orang", "%(n)d orang", 1) == "one person"
    assert texts.ngettext("%(n)d orang", "%(n)d orang", 3) == "%(n)d people"
    later = target.stat().st_mtime_ns + 10**9
    os.utime(po, ns=(later, later))
    assert translations.compile_catalogues([po]) == 1
    assert not target.with_suffix(".part").exists()


def test_the_command(
    tree: Path, po: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    faults = translations.faults(tree, po)
    monkeypatch.setattr(translations, "faults", lambda: faults)
    call_command("messages", "--check")
    assert capsys.readouterr().out == "Translations are complete.\n"
    faults.append("missing: 'x'")
    with pytest.raises(CommandError, match=r"missing: 'x'\n1 fault\(s\)"):
        call_command("messages", "--check")
    merge = translations.Merge(3, 1, ["Lama = Old"])
    monkeypatch.setattr(translations, "update", lambda: merge)
    call_command("messages")
    assert (
        capsys.readouterr().out == "No longer used: Lama = Old\n3 texts, 1 without translation.\n"
    )


def test_indonesian_needs_no_catalogue() -> None:
    """One form for any number, and a text that no catalogue knows is shown as it stands."""
    with translation.override("id"):
        shown = [
            ngettext("%(n)d orang hadir", "%(n)d orang hadir", n) % {"n": n} for n in (0, 1, 5)
        ]
        assert shown == ["0 orang hadir", "1 orang hadir", "5 orang hadir"]
        assert translation.gettext("Kalimat yang tidak ada di katalog") == (
            "Kalimat yang tidak ada di katalog"
        )
    with translation.override("en"):
        assert translation.gettext("Kalimat yang tidak ada di katalog") == (
            "Kalimat yang tidak ada di katalog"
        )


def test_sentences_at_fields_are_in_our_words() -> None:
    field = forms.IntegerField(min_value=1)
    with pytest.raises(ValidationError, match="Tulis bilangan bulat, misalnya 25."):
        field.clean("dua")
    with pytest.raises(ValidationError, match="Paling sedikit 1."):
        field.clean("0")
    with pytest.raises(ValidationError, match="Paling banyak 3 karakter; ini 4 karakter."):
        forms.CharField(max_length=3).clean("abcd")
    with translation.override("en"), pytest.raises(ValidationError, match="Enter a whole number."):
        field.clean("dua")
