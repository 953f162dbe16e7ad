"""Forms of questions: one for the wording, and rows for its answers, pairs or criteria."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenant_apps.question_bank.choices import Difficulty, QuestionKind
from tenant_apps.question_bank.sources import plain

EITHER = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
FIVE_PLACES = Decimal("0.00001")
LARGEST_IMAGE = 5 * 1024 * 1024


class NumberField(forms.DecimalField):
    """A number as people write it: with a comma or a point before the decimals."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        """Take the options of a decimal field."""
        super().__init__(max_digits=40, **options)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def prepare_value(self, value: Any) -> Any:
        """Show `12,5`."""
        return plain(value).replace(".", ",") if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        """Read either way of writing."""
        return super().to_python(str(value).strip().replace(",", ".") if value else value)


class ImagesInput(forms.ClearableFileInput):
    """A field for several files."""

    allow_multiple_selected = True


class ImagesField(forms.FileField):
    """Several images; gives their bytes by name."""

    widget = ImagesInput

    def clean(self, data: Any, initial: Any = None) -> dict[str, bytes]:
        """Check and read each file."""
        files = data if isinstance(data, list) else [data]
        read = [super(ImagesField, self).clean(file, None) for file in files if file]
        return {_file_name(file): _read(file) for file in read}


class QuestionForm(forms.Form):
    """What every question has; `paths` are the categories to choose from."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    stem = forms.CharField(
        label=gettext_lazy("Pertanyaan"),
        error_messages={"required": gettext_lazy("Tulis pertanyaannya.")},
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "Markdown: **tebal**, *miring*, daftar, tabel. Gambar: ![uraian](nama-berkas.png)."
        ),
    )
    category = forms.ChoiceField(label=gettext_lazy("Kategori"), required=False)
    new_category = forms.CharField(
        label=gettext_lazy("Kategori baru"),
        required=False,
        max_length=400,
        help_text=gettext_lazy(
            "Diisi bila belum ada dalam daftar; garis miring memisahkan tingkat: Kepegawaian/Cuti."
        ),
    )
    code = forms.CharField(
        label=gettext_lazy("Kode"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Kosong: kode dibuatkan."),
    )
    difficulty = forms.ChoiceField(
        label=gettext_lazy("Tingkat kesulitan"),
        choices=Difficulty.choices,
        initial=Difficulty.MEDIUM,
    )
    tags = forms.CharField(
        label=gettext_lazy("Label"),
        required=False,
        help_text=gettext_lazy("Dipisahkan koma."),
    )
    section = forms.CharField(
        label=gettext_lazy("Kunci bagian materi"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Bagian yang disarankan dibaca ulang bila jawaban salah."),
    )
    regulation = forms.CharField(label=gettext_lazy("Dasar hukum"), required=False, max_length=200)
    explanation = forms.CharField(
        label=gettext_lazy("Pembahasan"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Dilihat peserta setelah tes, menurut aturan tesnya."),
    )
    guidance = forms.CharField(
        label=gettext_lazy("Petunjuk bagi penilai"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    case_sensitive = forms.BooleanField(
        label=gettext_lazy("Huruf besar dan kecil dibedakan"), required=False
    )
    shuffle = forms.BooleanField(
        label=gettext_lazy("Acak urutan jawaban"), required=False, initial=True
    )
    images = ImagesField(
        label=gettext_lazy("Tambah gambar"),
        required=False,
        widget=ImagesInput(attrs={"multiple": True, "accept": "image/png,image/jpeg,image/webp"}),
        help_text=gettext_lazy("PNG, JPEG, atau WebP, paling besar 5 MB; disebut dengan namanya."),
    )

    def __init__(
        self, *args: Any, kind: QuestionKind, paths: Iterable[tuple[str, str]], **options: Any
    ) -> None:
        """Keep the fields that the kind has."""
        super().__init__(*args, **options)
        categories = forms.ChoiceField(
            label=self.fields["category"].label,
            required=False,
            choices=[("", _("Pilih …")), *paths],
        )
        self.fields["category"] = categories
        if kind != QuestionKind.ESSAY:
            del self.fields["guidance"]
        if kind != QuestionKind.SHORT:
            del self.fields["case_sensitive"]
        if kind not in (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.WEIGHTED):
            del self.fields["shuffle"]


def _file_name(file: UploadedFile) -> str:
    return "-".join((file.name or "gambar").split())


def _read(file: UploadedFile) -> bytes:
    if (file.size or 0) > LARGEST_IMAGE:
        raise forms.ValidationError(_("{name} lebih besar dari 5 MB.").format(name=file.name))
    return file.read()


class RowForm(forms.Form):
    """One row of answers; nothing is required, for empty rows are left out."""

    #: Fields that must say something for the row to count.
    counts: tuple[str, ...] = ("text",)

    def values(self) -> dict[str, Any] | None:
        """Return the row's values; None for an empty one."""
        data = self.cleaned_data
        return data if any(str(data.get(name) or "").strip() for name in self.counts) else None


def _text(label: Any, *, rows: int = 2) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}))


class ChoiceRow(RowForm):
    """An option of a single, multiple or true/false question."""

    right = forms.BooleanField(label=gettext_lazy("Benar"), required=False)
    text = _text(gettext_lazy("Jawaban"))
    feedback = _text(gettext_lazy("Umpan balik"), rows=1)


class ShareRow(ChoiceRow):
    """An option of a multiple question, perhaps with its own share."""

    percent = NumberField(label=gettext_lazy("Bobot %"), required=False)


class WeightedRow(RowForm):
    """An option that gives one to five points."""

    text = _text(gettext_lazy("Jawaban"))
    points = forms.ChoiceField(
        label=gettext_lazy("Poin"),
        required=False,
        choices=[("", "–"), *((str(number), str(number)) for number in range(5, 0, -1))],
    )


class AcceptedRow(RowForm):
    """An accepted short answer."""

    text = forms.CharField(label=gettext_lazy("Jawaban yang diterima"), required=False)
    percent = NumberField(label=gettext_lazy("Bobot %"), required=False)


class NumericalRow(AcceptedRow):
    """An accepted number."""

    text = forms.CharField(
        label=gettext_lazy("Angka"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    tolerance = NumberField(label=gettext_lazy("Toleransi ±"), required=False)
    field_order = ["text", "tolerance", "percent"]

    def clean_text(self) -> str:
        """Refuse what can be read as thousands and as decimals."""
        text = str(self.cleaned_data["text"]).strip()
        if EITHER.fullmatch(text):
            raise forms.ValidationError(
                _("Tulis ribuan tanpa titik (1500) dan desimal dengan koma (1,5).")
            )
        return text


class PairRow(RowForm):
    """A pair of a matching question."""

    counts = ("prompt", "answer")
    prompt = _text(gettext_lazy("Yang ditanyakan"))
    answer = forms.CharField(label=gettext_lazy("Pasangannya"), required=False)


class CriterionRow(RowForm):
    """A criterion of an essay's rubric."""

    text = _text(gettext_lazy("Kriteria"))
    points = forms.IntegerField(label=gettext_lazy("Poin"), required=False)


ROWS: dict[QuestionKind, type[RowForm]] = {
    QuestionKind.SINGLE: ChoiceRow,
    QuestionKind.TRUE_FALSE: ChoiceRow,
    QuestionKind.MULTIPLE: ShareRow,
    QuestionKind.WEIGHTED: WeightedRow,
    QuestionKind.SHORT: AcceptedRow,
    QuestionKind.NUMERICAL: NumericalRow,
    QuestionKind.MATCHING: PairRow,
    QuestionKind.ESSAY: CriterionRow,
}
