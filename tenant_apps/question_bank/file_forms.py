"""Forms for files of questions: what to import and where to, what to export."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenant_apps.question_bank.choices import Difficulty, QuestionKind
from tenant_apps.question_bank.formats import writing
from tenant_apps.question_bank.formats.parsed import LARGEST_FILE
from tenant_apps.question_bank.formats.texts import own_path
from tenant_apps.question_bank.selectors import category_paths

MOST_PASTED = 200_000
FROM_FILE, ALL_HERE = "berkas", "semua"


def _by_id() -> list[tuple[str, str]]:
    return [(str(pk), path) for pk, path in category_paths().items()]


class ImportForm(forms.Form):
    """A file, or text pasted from one, and where its questions go."""

    file = forms.FileField(
        label=gettext_lazy("Berkas"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("XLSX, CSV, GIFT, Aiken, atau Moodle XML."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.gift,.txt,.xml"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Atau tempel teks GIFT atau Aiken"),
        required=False,
        max_length=MOST_PASTED,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        strip=False,
    )
    category = forms.CharField(
        label=gettext_lazy("Kategori tujuan"),
        required=False,
        max_length=400,
        help_text=gettext_lazy(
            "Nama kategori; garis miring memisahkan induk dan anaknya: Kepegawaian/Cuti. "
            "Yang belum ada akan dibuat."
        ),
        widget=forms.TextInput(attrs={"list": "daftar-kategori", "autocomplete": "off"}),
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Kategori yang tertulis di berkas"),
        choices=[
            (FROM_FILE, gettext_lazy("Dipakai; soal tanpa kategori masuk ke kategori tujuan")),
            (ALL_HERE, gettext_lazy("Diabaikan; semua soal masuk ke kategori tujuan")),
        ],
        initial=FROM_FILE,
        widget=forms.RadioSelect,
    )

    def clean_category(self) -> str:
        """Return the path as it is kept."""
        return own_path(self.cleaned_data["category"])

    def clean(self) -> dict[str, Any]:
        """Take a file or a text, not both; all questions in one place need that place."""
        data = super().clean() or {}
        upload, text = data.get("file"), data.get("text", "").strip()
        if upload and text:
            self.add_error("text", _("Pilih berkas atau tempel teks, jangan keduanya."))
        elif upload and not upload.size:
            self.add_error("file", _("Berkas ini kosong."))
        elif upload and upload.size > LARGEST_FILE:
            self.add_error("file", _("Berkas ini terlalu besar. Bagi menjadi beberapa berkas."))
        elif not upload and not text and "file" not in self.errors and "text" not in self.errors:
            self.add_error("file", _("Pilih berkas atau tempel teksnya."))
        if data.get("place") == ALL_HERE and not data.get("category"):
            self.add_error("category", _("Tulis kategori tujuan untuk semua soal."))
        return data

    @property
    def upload(self) -> Any:
        """The file, made of the pasted text if there is none."""
        pasted = self.cleaned_data["text"].replace("\r\n", "\n").encode("utf-8", "replace")
        return self.cleaned_data["file"] or SimpleUploadedFile("tempelan.txt", pasted)

    @property
    def override(self) -> bool:
        """Whether the categories of the file do not count."""
        return bool(self.cleaned_data["place"] == ALL_HERE)


class ExportForm(forms.Form):
    """Which questions, and in what format."""

    form = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[(form.key, form.label) for form in writing.FORMS],
        initial="sheet",
        widget=forms.RadioSelect,
    )
    category = forms.ChoiceField(label=gettext_lazy("Kategori"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Jenis"),
        required=False,
        choices=[("", gettext_lazy("Semua jenis")), *QuestionKind.choices],
    )
    difficulty = forms.ChoiceField(
        label=gettext_lazy("Kesulitan"),
        required=False,
        choices=[("", gettext_lazy("Semua tingkat")), *Difficulty.choices],
    )
    tag = forms.CharField(label=gettext_lazy("Label"), required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the categories of the bank."""
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("Semua kategori")),
            *_by_id(),
        ]
