"""Reads questions from XLSX or CSV: one row a question."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from tenant_apps.question_bank.choices import Difficulty, QuestionKind
from tenant_apps.question_bank.formats import sheet_cells, sheet_columns
from tenant_apps.question_bank.formats.figures import NotANumber, number, percent, plain
from tenant_apps.question_bank.formats.parsed import (
    MOST_QUESTIONS,
    FormatRefused,
    Parsed,
    Reading,
)
from tenant_apps.question_bank.formats.sheet_columns import LETTERS, feedback_key, words
from tenant_apps.question_bank.formats.texts import (
    clean,
    code_from,
    one_line,
    own_path,
    tags_from,
)
from tenant_apps.question_bank.items import FALSE, FULL, NOTHING, TRUE, Choice, Pair, QuestionItem
from toolkit import sheets

_TRUE = {"benar", "true", "b", "t", "ya"}
_FALSE = {"salah", "false", "s", "f", "tidak"}


def read_sheet(path: Path, *, name: str = "") -> tuple[Reading, sheets.Sheet]:
    """Return the questions of a sheet, and the sheet for returning it; raises FormatRefused."""
    columns = [sheet_columns.both(column) for column in sheet_columns.columns()]
    try:
        sheet = sheets.read(path, columns, name=name, most_rows=MOST_QUESTIONS)
    except sheets.SheetRefused as error:
        raise FormatRefused(str(error)) from error
    reading = Reading("sheet")
    for row in sheet.rows:
        reading.items.append(_Row(row.number, row.values, row.cells).parsed())
    return reading, sheet


class _Row:
    """One row while it is read."""

    def __init__(self, line: int, values: Mapping[str, str], cells: object) -> None:
        self.values = {key: clean(text) for key, text in values.items()}
        self.faults: list[str] = []
        self.line = line
        # Letters in the order of the columns; gaps are allowed and close up.
        self.letters = [letter for letter in LETTERS if self.values.get(letter)]
        if any(len(text) >= sheets.LONGEST_CELL for text in values.values()):
            self.faults.append(
                _("Satu sel paling panjang {count} huruf.").format(count=sheets.LONGEST_CELL)
            )

    def parsed(self) -> Parsed:
        """Return the row as a question with its faults."""
        stem = self._text("soal")
        parsed = Parsed(self.line, self._text("kode") or one_line(stem)[:80], faults=self.faults)
        kind = self._kind()
        if kind is None:
            return parsed
        choices, pairs = _READERS[kind](self)
        rubric, odd = sheet_cells.rubric_of(self._text("rubrik"))
        for line in odd:
            self.faults.append(
                _('Rubrik "{text}": tulis kriteria, tanda =, lalu nilainya.').format(text=line)
            )
        code = one_line(self._text("kode"))
        content = f"{kind}|{stem}|" + "|".join(
            [choice.text for choice in choices] + [pair.answer for pair in pairs]
        )
        parsed.named = bool(code)
        parsed.item = QuestionItem(
            kind=kind,
            code=code or code_from("", content),
            stem=stem,
            choices=tuple(choices),
            pairs=tuple(pairs),
            rubric=rubric,
            guidance=self._text("pedoman"),
            explanation=self._text("pembahasan"),
            category=own_path(self._text("kategori")),
            tags=tags_from(self._text("tag")),
            difficulty=self._difficulty(),
            section=one_line(self._text("bagian")),
            regulation=one_line(self._text("acuan")),
            case_sensitive=self._flag("huruf", default=False),
            shuffle=self._flag("acak", default=True),
        )
        return parsed

    def _text(self, key: str) -> str:
        return self.values.get(key, "")

    def _kind(self) -> QuestionKind | None:
        text = one_line(self._text("jenis")).casefold()
        if text:
            value = words(QuestionKind).get(text)
            if value is None:
                self.faults.append(
                    _('Jenis "{text}" tidak dikenal; pilih dari daftar.').format(text=text[:40])
                )
            return QuestionKind(value) if value else None
        key = self._text("kunci")
        if key.casefold() in _TRUE | _FALSE and not self.letters:
            return QuestionKind.TRUE_FALSE
        letters = sheet_cells.letters_of(key)
        if self.letters and letters and set(letters) <= set(self.letters):
            return QuestionKind.SINGLE if len(letters) == 1 else QuestionKind.MULTIPLE
        self.faults.append(_("Isi kolom Jenis, atau kolom Kunci dengan huruf jawabannya."))
        return None

    def _difficulty(self) -> Difficulty:
        text = one_line(self._text("tingkat")).casefold()
        value = words(Difficulty).get(text, "") if text else Difficulty.MEDIUM.value
        if not value:
            self.faults.append(
                _('Tingkat "{text}" tidak dikenal; pilih dari daftar.').format(text=text[:40])
            )
        return Difficulty(value or Difficulty.MEDIUM.value)

    def _flag(self, key: str, *, default: bool) -> bool:
        said = sheet_cells.is_yes(self._text(key), default=default)
        if said is None:
            self.faults.append(
                _('Tulis Ya atau Tidak, bukan "{text}".').format(text=self._text(key)[:20])
            )
        return default if said is None else said

    def by_letter(self, key: str, read: Callable[[str], Decimal] = number) -> Mapping[str, Decimal]:
        """Return the numbers of a cell by letter; what is wrong becomes a fault."""
        try:
            return sheet_cells.by_letter(self._text(key), self.letters, read)
        except NotANumber as error:
            self.faults.append(str(error))
            return {}

    def feedback(self, letter: str) -> str:
        """Return the feedback of one option."""
        return self._text(feedback_key(letter))

    def keys(self) -> list[str]:
        """Return the letters of the key; those without an option are a fault."""
        letters = sheet_cells.letters_of(self._text("kunci"))
        odd = [letter for letter in letters if letter not in self.letters]
        if odd:
            self.faults.append(
                _("Kunci {letter} tidak ada di antara pilihan.").format(letter=", ".join(odd)[:20])
            )
        return [letter for letter in letters if letter not in odd]

    def options(self) -> tuple[list[Choice], list[Pair]]:
        """Read single and multiple choice: percents from `bobot`, else equal shares of the key."""
        keys, weights = self.keys(), self.by_letter("bobot", percent)
        if not keys and not weights:
            self.faults.append(_("Isi kolom Kunci dengan huruf jawaban yang benar."))
        is_single = self._kind() == QuestionKind.SINGLE
        share = FULL if is_single else percent(f"{FULL / max(len(set(keys)), 1):.5f}")
        if weights:
            wrong = [k for k in keys if weights.get(k, NOTHING) <= NOTHING]
            if wrong:
                self.faults.append(
                    _("Jawaban {letter} ada di Kunci tetapi Bobotnya tidak di atas nol.").format(
                        letter=", ".join(wrong)
                    )
                )
        return [
            Choice(
                self.values[letter],
                weights.get(letter, NOTHING) if weights else share if letter in keys else NOTHING,
                feedback=self.feedback(letter),
            )
            for letter in self.letters
        ], []

    def truth(self) -> tuple[list[Choice], list[Pair]]:
        """Read true or false."""
        key = self._text("kunci").casefold()
        names = [self.values[letter] for letter in self.letters]
        names = names if len(names) == 2 else [TRUE, FALSE]
        # With options of one's own the letter decides: one of them may be called "Benar" too.
        if key in ("a", "b") and len(self.letters) == 2:
            key = "benar" if key == "a" else "salah"
        elif key in [name.casefold() for name in names]:
            key = "benar" if key == names[0].casefold() else "salah"
        if key not in _TRUE | _FALSE:
            self.faults.append(_("Kunci soal ini harus Benar atau Salah."))
        is_true = key in _TRUE
        return [
            Choice(names[0], FULL if is_true else NOTHING, feedback=self.feedback("A")),
            Choice(names[1], NOTHING if is_true else FULL, feedback=self.feedback("B")),
        ], []

    def short(self) -> tuple[list[Choice], list[Pair]]:
        """Read accepted answers; each counts in full unless it has a weight."""
        weights = self.by_letter("bobot", percent)
        return [
            Choice(
                one_line(self.values[letter]),
                weights.get(letter, FULL),
                feedback=self.feedback(letter),
            )
            for letter in self.letters
        ], []

    def numbers(self) -> tuple[list[Choice], list[Pair]]:
        """Read accepted numbers with their tolerance."""
        weights = self.by_letter("bobot", percent)
        text = self._text("toleransi")
        only = ";" not in text and "=" not in text and "\n" not in text
        tolerances = {} if only else self.by_letter("toleransi")
        for_all = NOTHING
        if only and text:
            try:
                for_all = number(text)
            except NotANumber as error:
                self.faults.append(str(error))
        choices = []
        for letter in self.letters:
            try:
                value = number(self.values[letter])
            except NotANumber as error:
                self.faults.append(str(error))
                continue
            choices.append(
                Choice(
                    plain(value),
                    weights.get(letter, FULL),
                    0,
                    tolerances.get(letter, for_all),
                    self.feedback(letter),
                )
            )
        return choices, []

    def matches(self) -> tuple[list[Choice], list[Pair]]:
        """Read pairs."""
        pairs = []
        for letter in self.letters:
            pair = sheet_cells.pair_of(self.values[letter])
            if pair is None:
                self.faults.append(
                    _("Kolom {letter}: tulis pernyataan => jawaban.").format(letter=letter)
                )
            else:
                pairs.append(pair)
        return [], pairs

    def points(self) -> tuple[list[Choice], list[Pair]]:
        """Read options with 1 to 5 points."""
        points = self.by_letter("bobot")
        choices = []
        for letter in self.letters:
            value = points.get(letter, NOTHING)
            whole = int(value) if value == value.to_integral_value() else 0
            choices.append(
                Choice(self.values[letter], points=whole, feedback=self.feedback(letter))
            )
        return choices, []

    def nothing(self) -> tuple[list[Choice], list[Pair]]:
        """Read an essay: it has neither options nor key."""
        if self.letters:
            self.faults.append(
                _("Soal esai tidak punya pilihan; kosongkan kolom A dan seterusnya.")
            )
        return [], []


_READERS: dict[QuestionKind, Callable[[_Row], tuple[list[Choice], list[Pair]]]] = {
    QuestionKind.SINGLE: _Row.options,
    QuestionKind.MULTIPLE: _Row.options,
    QuestionKind.TRUE_FALSE: _Row.truth,
    QuestionKind.SHORT: _Row.short,
    QuestionKind.NUMERICAL: _Row.numbers,
    QuestionKind.MATCHING: _Row.matches,
    QuestionKind.ESSAY: _Row.nothing,
    QuestionKind.WEIGHTED: _Row.points,
}
