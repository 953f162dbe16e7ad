"""Forms of the staff list: a person, a unit, a file."""

import datetime
import uuid
from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared_apps.accounts.choices import EmploymentKind
from shared_apps.accounts.errors import InvalidNumber
from shared_apps.accounts.nip import clean_number, format_number, parse_number
from shared_apps.employees import selectors
from shared_apps.employees.choices import (
    GRADES,
    PNS_GRADES,
    PPPK_GRADES,
    PostKind,
    StaffKind,
    Standing,
)
from shared_apps.employees.models import Assignment, Unit
from toolkit.errors import DomainError
from toolkit.sheets import LARGEST_FILE

_PPPK_KINDS = (StaffKind.PPPK, StaffKind.PPPK_PART_TIME)
_BLANK = ("", "–")


def today() -> datetime.date:
    """Return the day as the open tenant's zone has it; what date fields begin with."""
    return timezone.localdate()


class DayField(forms.DateField):
    """A day, picked with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")


def show_refusal(form: forms.Form, error: DomainError) -> None:
    """Put a service's refusal at its field, or above the form where it has no such field."""
    form.add_error(error.field if error.field in form.fields else None, str(error))


class EmployeeForm(forms.Form):
    """What an employee is from a day on."""

    name = forms.CharField(
        label=gettext_lazy("Nama"),
        help_text=gettext_lazy("Nama lengkap, boleh dengan gelar."),
        max_length=120,
    )
    unit = forms.ChoiceField(label=gettext_lazy("Unit kerja"), required=False)
    post = forms.CharField(label=gettext_lazy("Jabatan"), max_length=200, required=False)
    post_kind = forms.ChoiceField(
        label=gettext_lazy("Jenis jabatan"), choices=[_BLANK, *PostKind.choices], required=False
    )
    grade = forms.ChoiceField(label=gettext_lazy("Golongan"), required=False)
    superior_number = forms.CharField(
        label=gettext_lazy("NIP atasan langsung"),
        help_text=gettext_lazy("18 angka; boleh pegawai instansi lain."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Status kepegawaian"), choices=StaffKind.choices)
    standing = forms.ChoiceField(
        label=gettext_lazy("Kedudukan hukum"),
        help_text=gettext_lazy("Hanya pegawai aktif yang dihitung dalam capaian JP."),
        choices=Standing.choices,
    )
    on = DayField(
        label=gettext_lazy("Berlaku sejak"),
        help_text=gettext_lazy("Keadaan sebelumnya tersimpan sampai sehari sebelum tanggal ini."),
        initial=today,
    )

    def __init__(
        self, *args: Any, agency_id: int, number: str = "", unit: Unit | None = None, **kwargs: Any
    ) -> None:
        """Offer the units of an agency, and grades and kinds that fit the number if it is known.

        `unit` is the present one, offered even when it is closed.
        """
        super().__init__(*args, **kwargs)
        self._number = number
        rows = selectors.units_of_agency(agency_id)
        offered = [(row.code, row.label) for row in rows]
        if unit is not None and unit.closed_on:
            offered.append((unit.code, unit.name))
        self._field("unit").choices = [_BLANK, *offered]
        grades, kinds = list(GRADES), list(StaffKind.choices)
        if number:
            is_pppk = parse_number(number).kind == EmploymentKind.PPPK
            fitting = set(PPPK_GRADES) if is_pppk else {grade for grade, _id, _r in PNS_GRADES}
            grades = [each for each in grades if each[0] in fitting]
            kinds = [each for each in kinds if (each[0] in _PPPK_KINDS) == is_pppk]
        self._field("grade").choices = [_BLANK, *grades]
        self._field("kind").choices = kinds

    def _field(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    @classmethod
    def for_assignment(cls, now: Assignment, data: Any, *, agency_id: int) -> "EmployeeForm":
        """Return the form, filled with what an employee is now."""
        return cls(
            data,
            agency_id=agency_id,
            number=now.employee.number,
            unit=now.unit,
            initial={
                "name": now.employee.name,
                "unit": now.unit.code if now.unit else "",
                "post": now.post,
                "post_kind": now.post_kind,
                "grade": now.grade,
                "superior_number": format_number(now.superior_number),
                "kind": now.kind,
                "standing": now.standing,
                "on": today(),
            },
        )

    def clean_superior_number(self) -> str:
        """Return the digits; refuses what is no number."""
        text = self.cleaned_data["superior_number"]
        if not text:
            return ""
        try:
            return parse_number(text).digits
        except InvalidNumber as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Refuse a grade or kind that does not fit the number, and a person above themselves."""
        data = super().clean() or self.cleaned_data
        number = self._number or clean_number(data.get("number", ""))
        if number and data.get("superior_number") == number:
            self.add_error("superior_number", _("Atasan langsung tidak boleh pegawai itu sendiri."))
        try:
            is_pppk = parse_number(number).kind == EmploymentKind.PPPK
        except InvalidNumber:
            return data
        if data.get("kind") and (data["kind"] in _PPPK_KINDS) != is_pppk:
            self.add_error("kind", _("Status ini tidak cocok dengan nomornya."))
        if data.get("grade") and (data["grade"] in PPPK_GRADES) != is_pppk:
            self.add_error("grade", _("Golongan ini tidak cocok dengan nomornya."))
        return data

    @property
    def values(self) -> dict[str, str]:
        """What the form says of the person, for the service."""
        kept = ("name", "unit", "post", "post_kind", "grade", "superior_number", "kind", "standing")
        return {field: " ".join(self.cleaned_data[field].split()) for field in kept}


class NewEmployeeForm(EmployeeForm):
    """A person who is added by hand."""

    number = forms.CharField(
        label=gettext_lazy("NIP atau NI PPPK"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    field_order = ("number",)

    def clean_number(self) -> str:
        """Return the digits; refuses what is no number."""
        try:
            return parse_number(self.cleaned_data["number"]).digits
        except InvalidNumber as error:
            raise forms.ValidationError(str(error)) from error


class LeaveForm(forms.Form):
    """The day on which a person left."""

    on = DayField(
        label=gettext_lazy("Keluar sejak"),
        help_text=gettext_lazy(
            "Sejak tanggal ini orangnya tidak lagi dihitung. Bila ia pindah instansi, tolak juga "
            "identitasnya di Konfirmasi identitas, agar ia dapat menyatakan instansi barunya."
        ),
        initial=today,
    )


class UnitForm(forms.Form):
    """One unit and its place in the tree."""

    name = forms.CharField(label=gettext_lazy("Nama unit"), max_length=200)
    code = forms.CharField(
        label=gettext_lazy("Kode unit"),
        help_text=gettext_lazy("Sama dengan kode di berkas impor."),
        max_length=40,
    )
    parent = forms.ChoiceField(label=gettext_lazy("Unit induk"), required=False)

    def __init__(self, *args: Any, agency_id: int, unit: Unit | None = None, **kwargs: Any) -> None:
        """Offer the units that can stand above; none below the unit itself."""
        super().__init__(*args, **kwargs)
        below = selectors.with_descendants([unit.pk]) if unit else set()
        rows = selectors.units_of_agency(agency_id)
        offered = [(str(row.id), row.label) for row in rows if row.id not in below]
        if unit is not None and unit.parent and unit.parent.closed_on:
            offered.append((str(unit.parent_id), unit.parent.name))
        field = self.fields["parent"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Tidak ada: unit teratas")), *offered]

    @property
    def parent_id(self) -> uuid.UUID | None:
        """The chosen unit above."""
        chosen = self.cleaned_data["parent"]
        return uuid.UUID(chosen) if chosen else None


class ImportForm(forms.Form):
    """A staff file, from when on it holds, and whether it is complete."""

    file = forms.FileField(
        label=gettext_lazy("Berkas XLSX atau CSV"),
        help_text=gettext_lazy("Paling besar 25 MB, sampai 500.000 baris."),
        validators=[FileExtensionValidator(["xlsx", "csv"])],
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "empty": gettext_lazy("Berkas ini kosong."),
            "required": gettext_lazy("Pilih berkasnya lebih dahulu."),
            "invalid_extension": gettext_lazy("Pilih berkas XLSX atau CSV."),
        },
    )
    on = DayField(
        label=gettext_lazy("Berlaku sejak"),
        help_text=gettext_lazy("Tanggal mulai berlakunya data yang berubah."),
        initial=today,
    )
    complete = forms.BooleanField(
        label=gettext_lazy("Berkas ini lengkap; yang tidak tercantum dinyatakan keluar"),
        required=False,
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is kept."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("Berkas lebih besar dari {size} MB. Bagi menjadi beberapa berkas.").format(
                    size=LARGEST_FILE // 1024 // 1024
                )
            )
        return file
