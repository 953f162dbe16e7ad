"""Forms of the workshop."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared_apps.catalog.choices import Visibility
from tenant_apps.learning.certificate_forms import TemplateField, code_field
from tenant_apps.learning.models import LearningPath, Topic, TopicVersion
from tenant_apps.learning.selectors.workshop import agencies_named, agency_names

LEAST_JP, MOST_JP = Decimal("0.01"), Decimal(100)
MOST_LINES, LONGEST_LINE = 30, 300


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """Return the lines that say something."""
        lines = [" ".join(line.split()) for line in str(super().clean(value)).splitlines()]
        lines = list(dict.fromkeys(line for line in lines if line))
        if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
            raise forms.ValidationError(
                _(
                    "Paling banyak {most} baris, masing-masing paling panjang {longest} huruf."
                ).format(most=MOST_LINES, longest=LONGEST_LINE)
            )
        return lines


class JpField(forms.DecimalField):
    """JP as people write them: a comma or a point before the decimals, in any language."""

    def prepare_value(self, value: Any) -> Any:
        """Show `2` and `1,5`."""
        if isinstance(value, Decimal):
            return f"{value.normalize():f}".replace(".", ",")
        return value

    def to_python(self, value: Any) -> Any:
        """Read either way of writing."""
        return super().to_python(str(value).strip().replace(",", ".") if value else value)


def jp_field() -> JpField:
    """Return the field of a topic's JP."""
    return JpField(
        label=gettext_lazy("JP"),
        min_value=LEAST_JP,
        max_value=MOST_JP,
        decimal_places=2,
        error_messages={"min_value": gettext_lazy("JP harus lebih dari 0.")},
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=gettext_lazy("Jam pelajaran yang diakui saat lulus, misalnya 2 atau 1,5."),
    )


def slug_field(**options: Any) -> forms.CharField:
    """Return the field of an address on the tenant's host."""
    return forms.CharField(
        label=gettext_lazy("Alamat"),
        max_length=80,
        help_text=gettext_lazy(
            "Huruf kecil, angka, dan tanda hubung. Tidak dapat diubah setelah terbit."
        ),
        **options,
    )


class NewTopicForm(forms.Form):
    """What a topic needs to begin."""

    title = forms.CharField(label=gettext_lazy("Judul"), max_length=200)
    slug = slug_field(required=False)
    jp = jp_field()


class AgenciesMixin(forms.Form):
    """Turns names of agencies into ids, and asks for them where only chosen ones may see."""

    def clean_agencies(self) -> list[int]:
        """Return the ids of the agencies."""
        ids, unknown = agencies_named(self.cleaned_data["agencies"])
        if unknown:
            raise forms.ValidationError(
                _("Instansi tidak dikenal: {names}.").format(names=", ".join(unknown[:5]))
            )
        return ids

    def clean(self) -> dict[str, Any]:
        """Ask for agencies where only chosen ones may see it."""
        data = super().clean() or {}
        if data.get("visibility") == Visibility.CHOSEN and not data.get("agencies", [0]):
            self.add_error("agencies", _("Tulis sedikitnya satu instansi."))
        return data


class PathForm(AgenciesMixin):
    """What a learning path says of itself; its topics stand in a table beside the form."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("Judul"), max_length=200)
    slug = slug_field(required=False)
    summary = forms.CharField(
        label=gettext_lazy("Ringkasan isi"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ordered = forms.BooleanField(label=gettext_lazy("Topik dipelajari berurutan"), required=False)
    visibility = forms.ChoiceField(
        label=gettext_lazy("Terlihat oleh"), choices=Visibility.choices, widget=forms.RadioSelect
    )
    agencies = LinesField(
        label=gettext_lazy("Instansi terpilih"),
        required=False,
        help_text=gettext_lazy(
            "Satu nama instansi per baris; dipakai bila terlihat oleh instansi terpilih."
        ),
    )

    def __init__(self, data: Any = None, *, path: LearningPath) -> None:
        """Begin with what the path says; the address stays once it was published."""
        start = {name: getattr(path, name) for name in self.base_fields}
        super().__init__(data, initial=start | {"agencies": agency_names(path.agencies)})
        if path.published_at is not None:
            del self.fields["slug"]

    def values(self) -> dict[str, Any]:
        """Return what the path shall say."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"revision", "slug"}
        }


class PropertiesForm(AgenciesMixin):
    """What a version says of its topic."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("Judul"), max_length=200)
    slug = slug_field()
    summary = forms.CharField(
        label=gettext_lazy("Ringkasan isi"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Dua kalimat untuk katalog: untuk siapa dan apa gunanya."),
    )
    goals = LinesField(
        label=gettext_lazy("Tujuan belajar"),
        required=False,
        help_text=gettext_lazy("Satu tujuan per baris: setelah selesai, peserta mampu …"),
    )
    regulations = LinesField(
        label=gettext_lazy("Peraturan acuan"),
        required=False,
        help_text=gettext_lazy("Satu peraturan per baris."),
    )
    keywords = LinesField(
        label=gettext_lazy("Kata kunci"),
        required=False,
        help_text=gettext_lazy("Satu kata atau istilah per baris, untuk pencarian."),
    )
    jp = jp_field()
    visibility = forms.ChoiceField(
        label=gettext_lazy("Terlihat oleh"), choices=Visibility.choices, widget=forms.RadioSelect
    )
    agencies = LinesField(
        label=gettext_lazy("Instansi terpilih"),
        required=False,
        help_text=gettext_lazy(
            "Satu nama instansi per baris; dipakai bila terlihat oleh instansi terpilih."
        ),
    )
    pass_percent = forms.IntegerField(
        label=gettext_lazy("Nilai lulus (%)"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=gettext_lazy("Kosong: mengikuti aturan unit pelatihan."),
    )
    questions_per_test = forms.IntegerField(
        label=gettext_lazy("Soal per tes"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=gettext_lazy("Kosong: mengikuti aturan unit pelatihan."),
    )
    certificate_template = TemplateField(
        empty=gettext_lazy("Templat bawaan unit pelatihan"),
        help_text=gettext_lazy("Kelas dapat memilih templat lain untuk pesertanya."),
    )
    certificate_code = code_field()
    note = forms.CharField(
        label=gettext_lazy("Apa yang berubah"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Untuk penelaah dan riwayat versi."),
    )

    def __init__(self, data: Any = None, *, topic: Topic, version: TopicVersion) -> None:
        """Begin with what the version says; the address stays once the topic was published."""
        start = {name: getattr(version, name) for name in self.base_fields if name != "slug"}
        start |= {"slug": topic.slug, "agencies": agency_names(version.agencies)}
        super().__init__(data, initial=start)
        self.fields["certificate_template"].offer(version.certificate_template)  # type: ignore[attr-defined]
        if topic.current_id is not None:
            del self.fields["slug"]

    def values(self) -> dict[str, Any]:
        """Return what the version shall say."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"revision", "slug"}
        }
