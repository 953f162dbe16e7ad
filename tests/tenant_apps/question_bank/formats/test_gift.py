"""GIFT: every construct that Moodle's documentation describes, and what Moodle swallows."""

from pathlib import Path

import pytest

from tenant_apps.question_bank.choices import Difficulty
from tenant_apps.question_bank.formats import reading
from tenant_apps.question_bank.formats.gift_read import read_text
from tenant_apps.question_bank.formats.parsed import FormatRefused
from tests.tenant_apps.question_bank.formats.questions import told

# (construct of the documentation, text, the question that it means)
CONSTRUCTS = [
    ("multiple choice", "Siapa penerbit NIP?{=BKN ~LAN ~KASN}",
     "single: Siapa penerbit NIP? | [100] BKN | [0] LAN | [0] KASN"),
    ("answers on lines, indented", "Siapa?\n{\n    ~LAN\n\t=BKN\n  }",
     "single: Siapa? | [0] LAN | [100] BKN"),
    ("right answer written ~=", "Siapa? {~LAN ~=BKN}", "single: Siapa? | [0] LAN | [100] BKN"),
    ("missing word", "NIP terbit dari {~LAN =BKN} di Jakarta.",
     "single: NIP terbit dari _____ di Jakarta. | [0] LAN | [100] BKN"),
    ("missing word before the final stop", "NIP terbit dari {~LAN =BKN}.",
     "single: NIP terbit dari _____ . | [0] LAN | [100] BKN"),
    ("short answer", "Siapa penerbit NIP?{=BKN =Badan Kepegawaian Negara}",
     "short: Siapa penerbit NIP? | [100] BKN | [100] Badan Kepegawaian Negara"),
    ("short answer, one", "Dua tambah dua {=empat}", "short: Dua tambah dua | [100] empat"),
    ("short answer with wildcard", "JP? {=jam*}", "short: JP? | [100] jam*"),
    ("short answer as missing word", "Dua tambah dua sama dengan {=empat =4}.",
     "short: Dua tambah dua sama dengan _____ . | [100] empat | [100] 4"),
    ("true", "PNS mendapat cuti.{TRUE}",
     "true_false: PNS mendapat cuti. | [100] Benar | [0] Salah"),
    ("true, one letter", "PNS mendapat cuti.{T}",
     "true_false: PNS mendapat cuti. | [100] Benar | [0] Salah"),
    ("false", "Cuti 99 hari.{FALSE}", "true_false: Cuti 99 hari. | [0] Benar | [100] Salah"),
    ("false, one letter, spaces", "Cuti 99 hari.{ F }",
     "true_false: Cuti 99 hari. | [0] Benar | [100] Salah"),
    ("true/false with one feedback, of the wrong answer", "Cuti 99 hari.{F#Hanya 12.}",
     "true_false: Cuti 99 hari. | [0] Benar (Hanya 12.) | [100] Salah"),
    ("true/false with both feedbacks", "Cuti 12 hari.{T#Keliru.#Tepat.####Lihat PP.}",
     "true_false: Cuti 12 hari. | [100] Benar (Tepat.) | [0] Salah (Keliru.) | bahas: Lihat PP."),
    ("matching", "Jodohkan. {\n=Kanada -> Ottawa\n=Italia -> Roma\n=Jepang->Tokyo\n}",
     "matching: Jodohkan. | Kanada -> Ottawa | Italia -> Roma | Jepang -> Tokyo"),
    ("matching with an answer for no question", "Jodohkan. {=a -> 1 =b -> 2 = -> 3}",
     "matching: Jodohkan. | a -> 1 | b -> 2 |  -> 3"),
    ("numerical", "Tahun merdeka? {#1945}", "numerical: Tahun merdeka? | [100] 1945"),
    ("numerical with tolerance", "Tahun merdeka? {#1945:2}",
     "numerical: Tahun merdeka? | [100] 1945±2"),
    ("numerical with decimals", "Nilai pi? {#3.1415:0.0005}.",
     "numerical: Nilai pi? _____ . | [100] 3.1415±0.0005"),
    ("numerical range", "Nilai pi? {#3.141..3.142}", "numerical: Nilai pi? | [100] 3.1415±0.0005"),
    ("numerical, negative range", "Suhu? {#-5..-1}", "numerical: Suhu? | [100] -3±2"),
    ("numerical, whole range", "Satu sampai lima? {#1..5}",
     "numerical: Satu sampai lima? | [100] 3±2"),
    ("numerical, several with weights", "Kapan? {#\n=1822:0\n=%50%1822:2\n}",
     "numerical: Kapan? | [100] 1822 | [50] 1822±2"),
    ("numerical with feedback", "Kapan? {#\n=1822:0 #Tepat! \n=%50%1822:2 #Dekat.\n  Setengah.\n}",
     "numerical: Kapan? | [100] 1822 (Tepat!) | [50] 1822±2 (Dekat.\nSetengah.)"),
    ("numerical, one answer with feedback", "Empat? {#4#Ya.}", "numerical: Empat? | [100] 4 (Ya.)"),
    ("numerical with exponent", "Besar? {#1.5e3}", "numerical: Besar? | [100] 1500"),
    ("essay", "Ceritakan. {}", "essay: Ceritakan."),
    ("essay with general feedback", "Ceritakan. {####Lihat modul.}",
     "essay: Ceritakan. | bahas: Lihat modul."),
    ("line comment before", "// Judul: angka\nBerapa 2+2? {=4 ~5}",
     "single: Berapa 2+2? | [100] 4 | [0] 5"),
    ("line comment inside", "Siapa?{\n// catatan\n=BKN\n  // lagi\n~LAN}",
     "single: Siapa? | [100] BKN | [0] LAN"),
    ("question name", "::Asal NIP::Siapa penerbitnya? {=BKN}",
     "short: Siapa penerbitnya? | [100] BKN"),
    ("question name on a line of its own", "::Asal NIP::\nSiapa? {=BKN}",
     "short: Siapa? | [100] BKN"),
    ("feedback of each answer", "Siapa? {=BKN#Tepat. ~LAN#Bukan.\n~KASN # Dulu. }",
     "single: Siapa? | [100] BKN (Tepat.) | [0] LAN (Bukan.) | [0] KASN (Dulu.)"),
    ("feedback of short answers", "Siapa? {=BKN#Tepat! =B.K.N.#Ya.}",
     "short: Siapa? | [100] BKN (Tepat!) | [100] B.K.N. (Ya.)"),
    ("general feedback", "Siapa? {=BKN ~LAN####PP 11/2017.}",
     "single: Siapa? | [100] BKN | [0] LAN | bahas: PP 11/2017."),
    ("percentage in a single choice", "Sulit. {~salah ~%50%separuh =penuh}",
     "single: Sulit. | [0] salah | [50] separuh | [100] penuh"),
    ("percentage with feedback", "Asal? {~A#Bukan. ~%25%B#Lahir. =N#Ya!}.",
     "single: Asal? _____ . | [0] A (Bukan.) | [25] B (Lahir.) | [100] N (Ya!)"),
    ("percentage of short answers", "Asal? {=Nazareth =%75%Nazereth#Ejaan. =%25%Betlehem}",
     "short: Asal? | [100] Nazareth | [75] Nazereth (Ejaan.) | [25] Betlehem"),
    ("multiple answers", "Dua? {~Bukan ~%50%A ~%50%B ~Lain}",
     "multiple: Dua? | [0] Bukan | [50] A | [50] B | [0] Lain"),
    ("multiple answers, negative", "Dua? {~%-50%X ~%50%A ~%50%B ~%-50%Y}",
     "multiple: Dua? | [-50] X | [50] A | [50] B | [-50] Y"),
    ("thirds", "Tiga? {~%33.33333%A ~%33.33333%B ~%33.33333%C ~%-100%D}",
     "multiple: Tiga? | [33.33333] A | [33.33333] B | [33.33333] C | [-100] D"),
    ("rounded thirds", "Tiga? {~%33.333%A ~%33.3%B ~%33.33%C ~D}",
     "multiple: Tiga? | [33.33333] A | [33.33333] B | [33.33333] C | [0] D"),
    ("several right answers of a single choice", "Mana? {=A =B ~C}",
     "single: Mana? | [100] A | [100] B | [0] C"),
    ("special characters", r"Mana sama dengan 5? {~ \= 2 + 2 = \= 2 + 3 ~ \= 2 + 4}",
     "single: Mana sama dengan 5? | [0] = 2 + 2 | [100] = 2 + 3 | [0] = 2 + 4"),
    ("control characters", r"Bukan tanda? {~ \~ #\~ tanda. ~ \= ~ \# ~ \{ ~ \} ~ \: = \\ # Ya. }",
     "single: Bukan tanda? | [0] ~ (~ tanda.) | [0] = | [0] # | [0] { | [0] } | [0] : "
     "| [100] \\ (Ya.)"),
    ("colon in the text", r"::Judul::Pukul 10\:42 {=ya ~tidak}",
     "single: Pukul 10:42 | [100] ya | [0] tidak"),
    ("new line", r"Baris satu\nBaris dua {=a ~b}",
     "single: Baris satu\nBaris dua | [100] a | [0] b"),
    ("text over several lines", "Baris satu\n   baris dua {=a ~b}",
     "single: Baris satu\nbaris dua | [100] a | [0] b"),
    ("format markdown", "[markdown]Siapa **utama**? {=BKN}", "short: Siapa **utama**? | [100] BKN"),
    ("format html", "[html]<p>Siapa <b>utama</b>&nbsp;di&nbsp;2\\*3?</p> {=BKN ~<i>LAN</i>}",
     None),
    ("format plain", "[plain]2*3*4 {=24 ~9}", "single: 2\\*3\\*4 | [100] 24 | [0] 9"),
    ("format moodle", "[moodle]Siapa <em>itu</em>? {=BKN ~LAN}",
     "single: Siapa *itu*? | [100] BKN | [0] LAN"),
    ("format of one answer", "[html]<p>Apa?</p> {=[plain]a_*b* ~[html]<b>c</b>}",
     "single: Apa? | [100] a\\_\\*b\\* | [0] **c**"),
    ("tags without a named format", "Siapa <b>itu</b>? {=BKN ~LAN}",
     "single: Siapa **itu**? | [100] BKN | [0] LAN"),
    ("comparison signs are no tags", "Bila a < b dan c > d? {=ya ~tidak}",
     "single: Bila a < b dan c > d? | [100] ya | [0] tidak"),
    ("windows line ends", "Siapa?{\r\n=BKN\r\n~LAN\r\n}\r\n",
     "single: Siapa? | [100] BKN | [0] LAN"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "expected"), CONSTRUCTS, ids=[c[0] for c in CONSTRUCTS])
def test_each_construct(name: str, text: str, expected: str | None) -> None:
    (parsed,) = read_text(text).items
    if name == "format html":
        assert told(parsed.item).startswith("single: Siapa **utama**\u00a0di\u00a02")
        assert told(parsed.item).endswith("[100] BKN | [0] *LAN*")
    else:
        assert (told(parsed.item), parsed.faults) == (expected, [])


def test_the_name_is_the_code() -> None:
    texts = "::cuti-01::A? {=a ~b}\n\nTanpa nama? {=a ~b}\n\n::" + "panjang " * 20 + "::B? {=a ~b}"
    first, second, third = (parsed.item for parsed in read_text(texts).items)
    assert first and second and third
    assert first.code == "cuti-01" and second.code.startswith("soal-")
    assert len(third.code) <= 60 and third.code.startswith("panjang panjang")
    again = read_text(texts).items
    assert [parsed.item for parsed in again] == [first, second, third]


def test_categories_escapes_and_places_of_moodle() -> None:
    texts = (
        "$CATEGORY: $course$/top/Kepegawaian/Cuti//Izin\n\nA? {=a ~b}\n\n"
        "$CATEGORY: tom/dick\n\nB? {=a ~b}\n\n$CATEGORY: $system$/Umum\n\nC? {=a ~b}\n\n"
        "$CATEGORY: $course$/top\n\nD? {=a ~b}"
    )
    found = [parsed.item.category for parsed in read_text(texts).items if parsed.item]
    assert found == ["Kepegawaian/Cuti//Izin", "tom/dick", "Umum", ""]


def test_id_and_tags_in_comments() -> None:
    text = r"// catatan [id:cuti-7] [tag:cuti] [tag:a\]b]" + "\n::Judul::A? {=a ~b}"
    (parsed,) = read_text(text).items
    assert parsed.item and (parsed.item.code, parsed.item.tags) == ("cuti-7", ("cuti", "a]b"))


def test_our_own_remarks() -> None:
    text = (
        '// lintas:jenis: "berbobot"\n// lintas:tingkat: "sulit"\n// lintas:bagian: "dasar"\n'
        '// lintas:acuan: "PP 11/2017"\n::t::Rekan? {=%100%a ~%60%b ~%20%c}'
    )
    (parsed,) = read_text(text).items
    assert told(parsed.item) == "weighted: Rekan? | [5p] a | [3p] b | [1p] c"
    assert parsed.item and parsed.item.difficulty == Difficulty.HARD
    assert (parsed.item.section, parsed.item.regulation) == ("dasar", "PP 11/2017")


# (what is wrong, text, line named, words of the sentence)
FAULTS = [
    ("category without blank line", "$CATEGORY: a\n::k::S? {=a ~b}", 2, "harus ada baris kosong"),
    ("category inside a question", "::k::S? {=a ~b}\n$CATEGORY: a", 2, "harus ada baris kosong"),
    ("decimal comma", "Pi? {#3,14:0.01}", 1, "3.14"),
    ("decimal comma in tolerance", "Pi? {#3.14:0,01}", 1, "0.01"),
    ("comma in a weight", "S? {~%33,3%a ~%66.7%b}", 1, "33.3"),
    ("range the wrong way", "S? {#5..1}", 1, "terbalik"),
    ("no number", "S? {#abc}", 1, "bukan angka"),
    ("blank line inside the braces", "S? {=a\n\n~b}", 1, "belum ditutup"),
    ("two pairs of braces", "S {=a ~b} dan {=c ~d}", 1, "satu pasang kurung"),
    ("closing brace only", "S =a ~b}", 1, "tanpa kurung buka"),
    ("text before the first answer", "S? {teks =a ~b}", 1, "diawali ="),
    ("a pair without arrow", "S? {=a -> 1 =b}", 1, "panah"),
    ("too many feedbacks of true/false", "S {T#a#b#c}", 1, "umpan balik"),
    ("weight above 100", "S? {=a ~%150%b}", 1, "100"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "line", "words"), FAULTS, ids=[f[0] for f in FAULTS])
def test_faults_name_line_and_remedy(
    tmp_path: Path, name: str, text: str, line: int, words: str
) -> None:
    path = tmp_path / "soal.gift"
    path.write_text("// kepala\n\n" + text, encoding="utf-8")
    parsed = reading.read(path, path.name).items[0]
    assert not parsed.is_good
    assert parsed.line == line + 2 and words in " ".join(parsed.faults)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("S? {~a ~b}", "Tandai sedikitnya satu"),
        ("S? {~%50%a ~%20%b}", "berjumlah 100 persen"),
        ("S? {=a ~a}", "jawaban yang sama"),
        ("S? {=a ~}", "yang kosong"),
        ("{=a ~b}", "Tulis pertanyaannya"),
        ("S? {=%50%a ~b}", "100 persen"),
        ("S? {=a -> 1 =b -> 1}", "berbeda"),
        ("S? {=a -> 1}", "dua pasangan"),
        ("S? {#=%50%3}", "bernilai penuh"),
    ],
)
def test_questions_that_say_too_little_are_faulty(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "soal.gift"
    path.write_text(text, encoding="utf-8")
    (parsed,) = reading.read(path, path.name).items
    assert words in " ".join(parsed.faults)


def test_a_description_is_listed_not_dropped() -> None:
    found = read_text("Bacalah teks berikut.\n\n::k::A? {=a ~b}")
    assert [(u.kind, u.count, u.titles) for u in found.listed_unknown] == [
        ("description", 1, ["Bacalah teks berikut."])
    ]
    assert len(found.items) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "soal.txt"
    path.write_bytes("::k::Café – berapa? {=a ~b}".encode(encoding))
    found = reading.read(path, path.name)
    assert found.items[0].item and found.items[0].item.stem == "Café – berapa?"
    assert bool(found.notices) == (encoding == "cp1252")


def test_the_same_title_twice(tmp_path: Path) -> None:
    """Other content gets a code of its own, the same in every import; the same is a fault."""
    path = tmp_path / "soal.gift"
    path.write_text("::Q1::A? {=a ~b}\n\n::Q1::B? {=a ~b}\n\n::Q1::A? {=a ~b}", encoding="utf-8")
    one, two, three = reading.read(path, path.name).items
    assert one.item and two.item and one.item.code == "Q1" and two.item.code.startswith("Q1-")
    assert one.is_good and two.is_good and not three.is_good
    assert reading.read(path, path.name).items[1].item == two.item


def test_a_given_id_twice_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "soal.gift"
    path.write_text("//[id:x]\nA? {=a ~b}\n\n//[id:x]\nB? {=a ~b}", encoding="utf-8")
    assert "sudah dipakai di baris 2" in reading.read(path, path.name).items[1].faults[0]


def test_where_the_questions_go(tmp_path: Path) -> None:
    path = tmp_path / "soal.gift"
    path.write_text("::1::A? {=a ~b}\n\n$CATEGORY: X\n\n::2::B? {=a ~b}", encoding="utf-8")

    def categories(**wanted: object) -> list[str]:
        found = reading.read(path, path.name, **wanted)  # type: ignore[arg-type]
        return [parsed.item.category for parsed in found.items if parsed.item]

    assert categories(category="Tujuan / Anak") == ["Tujuan/Anak", "X"]
    assert categories(category="Tujuan", override=True) == ["Tujuan", "Tujuan"]


def test_too_many_questions_are_refused_while_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tenant_apps.question_bank.formats.parsed.MOST_QUESTIONS", 3)
    with pytest.raises(FormatRefused, match="lebih dari 3 soal"):
        read_text("S? {=a ~b}\n\n" * 4)
