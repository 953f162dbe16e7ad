"""Staff files for tests: rows as dictionaries, written as a training unit would."""

import random
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from toolkit import xlsx

HEADER = {
    "number": "NIP/NI PPPK",
    "name": "Nama",
    "unit": "Kode unit",
    "unit_name": "Nama unit",
    "unit_parent": "Kode unit induk",
    "post": "Jabatan",
    "post_kind": "Jenis jabatan",
    "grade": "Golongan",
    "superior_number": "NIP atasan langsung",
    "kind": "Status kepegawaian",
    "standing": "Kedudukan hukum",
}
Rows = Iterable[Mapping[str, object]]


def save(path: Path, rows: Rows, fields: Iterable[str] = HEADER) -> Path:
    """Write rows as XLSX, all columns of `fields`."""
    names = list(fields)
    lines = ([row.get(name, "") for name in names] for row in rows)
    xlsx.save(path, [HEADER[name] for name in names], lines)
    return path


def upload(path: Path) -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(path.name, path.read_bytes())


def number_of(index: int) -> str:
    """Return the n-th of up to 600,000 valid synthetic NIP."""
    year, rest = divmod(index, 12_000)
    month, rest = divmod(rest, 1_000)
    return (
        f"{1950 + year}{1 + month:02d}15199903{1 + index % 2}{rest + 1 if rest < 999 else 999:03d}"
    )


def many(count: int, *, units: int, seed: int = 1) -> Iterable[dict[str, object]]:
    """Yield the rows of a large agency: a tree of units, each with a head and people below."""
    chance = random.Random(seed)
    for index in range(count):
        unit = index % units
        row: dict[str, object] = {
            "number": number_of(index),
            "name": f"Pegawai Contoh {index:06d}, S.Kom.",
            "unit": f"U{unit:05d}",
            "post": chance.choice(["Analis", "Pranata Komputer", "Pengadministrasi Umum"]),
            "post_kind": chance.choice(["Fungsional", "Pelaksana"]),
            "grade": chance.choice(["III/a", "III/b", "III/c", "II/d"]),
            "superior_number": number_of(unit) if index >= units else "",
            "kind": "PNS",
            "standing": "Aktif",
        }
        if index < units:
            row |= {
                "unit_name": f"Unit Contoh {unit}",
                "unit_parent": f"U{(unit - 1) // 8:05d}" if unit else "",
                "post": "Kepala Unit",
                "post_kind": "Struktural",
                "grade": "IV/a",
            }
        yield row
