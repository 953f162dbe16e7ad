"""Moodle XML: every construct of its documentation, and the files that people really have."""

import base64
from pathlib import Path

import pytest

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.formats import reading, writing
from tenant_apps.question_bank.formats.parsed import FormatRefused, Reading
from tenant_apps.question_bank.formats.xml_read import read_bytes
from tenant_apps.question_bank.items import Choice, Criterion, QuestionItem
from tests.tenant_apps.question_bank.formats.questions import PNG, told

HEAD = "<name><text>n</text></name><questiontext format='html'><text>S?</text></questiontext>"


def read(inside: str, *, head: str = HEAD, kind: str = "multichoice") -> Reading:
    """Read one question of a type."""
    text = f"<?xml version='1.0'?>\n<quiz><question type='{kind}'>{head}{inside}</question></quiz>"
    return read_bytes(text.encode())


def answer(text: str, fraction: str = "0", more: str = "", form: str = "html") -> str:
    """Return an answer element."""
    return f"<answer fraction='{fraction}' format='{form}'><text>{text}</text>{more}</answer>"


def feedback(text: str) -> str:
    """Return a feedback element."""
    return f"<feedback format='html'><text>{text}</text></feedback>"


TWO = answer("a", "100") + answer("b")
RIGHT_A = "single: S? | [100] a | [0] b"
# (construct of the documentation, type, elements, the question that it means)
CONSTRUCTS = [
    ("single choice", "multichoice", f"<single>true</single>{TWO}", RIGHT_A),
    ("single as a number", "multichoice", f"<single>1</single>{TWO}", RIGHT_A),
    ("single left out", "multichoice", TWO, RIGHT_A),
    ("several answers", "multichoice",
     "<single>false</single>" + answer("a", "50") + answer("b", "50") + answer("c", "-100"),
     "multiple: S? | [50] a | [50] b | [-100] c"),
    ("several answers as a number", "multichoice",
     "<single>0</single>" + answer("a", "100") + answer("b"), "multiple: S? | [100] a | [0] b"),
    ("fractions of thirds", "multichoice",
     "<single>false</single>" + answer("a", "33.33333") * 1 + answer("b", "33.333")
     + answer("c", "33.3333333") + answer("d", "-33.33333"),
     "multiple: S? | [33.33333] a | [33.33333] b | [33.33333] c | [-33.33333] d"),
    ("part of the points in a single choice", "multichoice",
     answer("a", "100") + answer("b", "16.66667") + answer("c", "0.0"),
     "single: S? | [100] a | [16.66667] b | [0] c"),
    ("feedback of answers", "multichoice",
     answer("a", "100", feedback("&lt;p&gt;Tepat.&lt;/p&gt;"))
     + answer("b", "0", feedback("Bukan.")),
     "single: S? | [100] a (Tepat.) | [0] b (Bukan.)"),
    ("general feedback", "multichoice",
     TWO + "<generalfeedback format='html'><text><![CDATA[<p>PP <b>11</b></p>]]></text>"
     "</generalfeedback>", "single: S? | [100] a | [0] b | bahas: PP **11**"),
    ("true", "truefalse", answer("true", "100") + answer("false"),
     "true_false: S? | [100] Benar | [0] Salah"),
    ("false, written first, with feedback", "truefalse",
     answer("false", "100", feedback("Ya.")) + answer("true", "0", feedback("Tidak.")),
     "true_false: S? | [0] Benar (Tidak.) | [100] Salah (Ya.)"),
    ("short answer", "shortanswer", "<usecase>0</usecase>" + answer("Bejo", "100", feedback("Ya"))
     + answer("Be*", "50"), "short: S? | [100] Bejo (Ya) | [50] Be*"),
    ("short answer keeps its signs", "shortanswer",
     answer("2*3_4", "100", form="moodle_auto_format"),
     "short: S? | [100] 2*3_4"),
    ("numerical", "numerical", answer("23", "100", "<tolerance>0.5</tolerance>" + feedback("Ya")),
     "numerical: S? | [100] 23±0.5 (Ya)"),
    ("numerical, several", "numerical",
     answer("1822", "100", "<tolerance>0</tolerance>")
     + answer("1822", "50", "<tolerance>2</tolerance>"),
     "numerical: S? | [100] 1822 | [50] 1822±2"),
    ("numerical without tolerance", "numerical", answer("1e3", "100"),
     "numerical: S? | [100] 1000"),
    ("numerical, any other number", "numerical", answer("5", "100") + answer("*", "0"),
     "numerical: S? | [100] 5"),
    ("matching", "matching",
     "<shuffleanswers>true</shuffleanswers>"
     "<subquestion format='html'><text>Kanada</text><answer><text>Ottawa</text></answer>"
     "</subquestion>"
     "<subquestion><text>Italia</text><answer><text>Roma</text></answer></subquestion>"
     "<subquestion><text></text><answer><text>Bern</text></answer></subquestion>",
     "matching: S? | Kanada -> Ottawa | Italia -> Roma |  -> Bern"),
    ("matching by its other name", "match",
     "<subquestion><text>a</text><answer><text>1</text></answer></subquestion>"
     "<subquestion><text>b</text><answer><text>2</text></answer></subquestion>",
     "matching: S? | a -> 1 | b -> 2"),
    ("matching answers have no markup", "matching",
     "<subquestion><text>a</text><answer><text>2*3*4</text></answer></subquestion>"
     "<subquestion><text>b</text><answer><text>x_y</text></answer></subquestion>",
     "matching: S? | a -> 2\\*3\\*4 | b -> x_y"),
    ("essay", "essay", "<responseformat>editor</responseformat>" + answer("", "0"), "essay: S?"),
    ("essay with information for graders", "essay",
     "<graderinfo format='html'><text><![CDATA[<p>Dua <em>hal</em>.</p>]]></text></graderinfo>",
     "essay: S? | pedoman: Dua *hal*."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind", "inside", "expected"), CONSTRUCTS, ids=[c[0] for c in CONSTRUCTS]
)
def test_each_construct(name: str, kind: str, inside: str, expected: str) -> None:
    (parsed,) = read(inside, kind=kind).items
    assert (told(parsed.item), parsed.faults) == (expected, [])


# (format attribute, text as XML, the Markdown that it means)
FORMS = [
    ("html", "<![CDATA[<p>Satu</p><p>Dua</p>]]>", "Satu\n\nDua"),
    ("html", "&lt;b&gt;tebal&lt;/b&gt; &amp;amp; biasa", "**tebal** & biasa"),
    ("html", "markup <b>tanpa</b> CDATA", "markup **tanpa** CDATA"),
    ("html", "<![CDATA[<ul><li>a</li><li>b</li></ul>]]>", "- a\n- b"),
    ("html", "<![CDATA[<table><tr><th>a</th></tr><tr><td>1</td></tr></table>]]>",
     "| a |\n| --- |\n| 1 |"),
    ("html", "<![CDATA[m<sup>2</sup> H<sub>2</sub>O x<sup>ab</sup>]]>", "m² H₂O x^ab"),
    ("html", "<![CDATA[<a href='https://bkn.go.id'>BKN</a>]]>", "[BKN](https://bkn.go.id)"),
    ("html", "<![CDATA[<p>2 * 3 * 4 &lt; 5_a_</p>]]>", "2 \\* 3 \\* 4 < 5_a\\_"),
    ("html", "<![CDATA[<p># bukan judul</p>]]>", "\\# bukan judul"),
    ("html", r"<![CDATA[<p>\(x^2\)</p>]]>", r"\\(x^2\\)"),
    ("html", "<![CDATA[<p onclick='x()'>a<script>alert(1)</script></p>]]>", "a"),
    ("html", "<![CDATA[<a href='javascript:x()'>a</a>]]>", "a"),
    ("plain_text", "2*3*4 &lt;b&gt;", "2\\*3\\*4 \\<b>"),
    ("markdown", "Siapa **itu**?", "Siapa **itu**?"),
    ("moodle_auto_format", "Baris biasa", "Baris biasa"),
    ("moodle_auto_format", "<![CDATA[<b>a</b>\nb]]>", "**a**  \nb"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "text", "expected"), FORMS)
def test_formats_of_texts(form: str, text: str, expected: str) -> None:
    head = f"<questiontext format='{form}'><text>{text}</text></questiontext>"
    (parsed,) = read(TWO, head=head).items
    assert parsed.item and parsed.item.stem == expected


def test_what_belongs_to_the_question_itself() -> None:
    (parsed,) = read(
        "<idnumber>cuti-9</idnumber><shuffleanswers>0</shuffleanswers><tags><tag><text>cuti</text>"
        f"</tag><tag><text>lintas:tingkat:sulit</text></tag></tags>{TWO}"
    ).items
    item = parsed.item
    assert item and (item.code, item.shuffle, item.tags, item.difficulty) == (
        "cuti-9", False, ("cuti",), "hard",
    )  # fmt: skip
    (parsed,) = read(f"<usecase>1</usecase>{answer('a', '100')}", kind="shortanswer").items
    assert parsed.item and parsed.item.case_sensitive and parsed.item.code == "n"


def test_what_is_left_out_is_said() -> None:
    found = read(
        "<hint><text>Ingat.</text></hint><penalty>0.5</penalty><defaultgrade>3</defaultgrade>"
        "<correctfeedback format='html'><text>Benar.</text></correctfeedback>"
        f"<partiallycorrectfeedback><text>Ya.</text></partiallycorrectfeedback>{TWO}"
    )
    said = " ".join(found.notices)
    assert all(word in said for word in ("hint", "penalti", "gabungan", "defaultgrade"))
    found = read("<attachments>2</attachments><responsetemplate><text>Isi</text>"
                 "</responsetemplate>", kind="essay")  # fmt: skip
    assert "lampiran" in " ".join(found.notices) and "templat" in " ".join(found.notices)
    assert (
        read(f"<penalty>0.3333333</penalty><defaultgrade>1.0000000</defaultgrade>{TWO}").notices
        == []
    )


def test_units_are_said_not_to_count() -> None:
    units = "<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit></units>"
    (parsed,) = read(answer("5", "100") + units, kind="numerical").items
    assert parsed.is_good and "km" in parsed.warnings[0]


@pytest.mark.parametrize(
    "kind",
    ["cloze", "description", "calculated", "calculatedsimple", "calculatedmulti", "ddwtos",
     "ddimageortext", "ddmarker", "gapselect", "randomsamatch", "random", "coderunner", "stack",
     "ordering"],
)  # fmt: skip
def test_unknown_types_are_listed(kind: str) -> None:
    found = read(TWO, kind=kind)
    assert found.items == []
    assert [(u.kind, u.count, u.titles) for u in found.listed_unknown] == [(kind, 1, ["n"])]


def test_categories() -> None:
    def category(path: str) -> str:
        return f"<question type='category'><category><text>{path}</text></category></question>"

    question = f"<question type='multichoice'>{HEAD}{TWO}</question>"
    text = "<quiz>" + "".join(
        category(path) + question
        for path in ("$course$/top/Induk/Anak//Cucu", "$module$/Kuis", "$cat1$/Umum", "top/x")
    )
    found = read_bytes(f"{text}</quiz>".encode())
    assert [parsed.item.category for parsed in found.items if parsed.item] == [
        "Induk/Anak//Cucu", "Kuis", "Umum", "top/x",
    ]  # fmt: skip
    info = category("$course$/A").replace("</category>", "</category><info><text>K</text></info>")
    assert "keterangan kategori" in read_bytes(f"<quiz>{info}{question}</quiz>".encode()).notices[0]


def test_images_beside_the_text_and_in_it() -> None:
    png = base64.b64encode(PNG).decode()
    head = (
        "<name><text>n</text></name><questiontext format='html'><text><![CDATA["
        "<p>Lihat <img src='@@PLUGINFILE@@/bagan%20satu.png' alt='Bagan [1]'></p>"
        f"<img src='data:image/png;base64,{png}'>"
        "<img src='https://luar.example/x.png' alt='luar'><img src='@@PLUGINFILE@@/hilang.png'>"
        "<img src='@@PLUGINFILE@@/jahat.png'>]]></text>"
        f"<file name='bagan satu.png' path='/' encoding='base64'>{png}</file>"
        f"<file name='jahat.png' path='/' encoding='base64'>{base64.b64encode(b'<svg/>').decode()}"
        "</file></questiontext>"
    )
    (parsed,) = read(TWO, head=head).items
    assert parsed.item and "![Bagan  1](bagan-satu.png)" in parsed.item.stem
    assert len(parsed.item.images) == 2 and set(parsed.item.images.values()) == {PNG}
    said = " ".join(parsed.warnings)
    assert all(word in said for word in ("luar.example", "hilang.png", "jahat.png"))
    assert "jahat" not in parsed.item.stem and parsed.is_good


def test_media_that_cannot_come_along_is_said() -> None:
    head = (
        "<questiontext format='html'><text><![CDATA[<p>a</p>"
        "<video src='x'></video><iframe src='y'></iframe>]]></text></questiontext>"
    )
    (parsed,) = read(TWO, head=head).items
    assert "iframe" in " ".join(parsed.warnings) and "video" in " ".join(parsed.warnings)


@pytest.mark.parametrize(
    ("inside", "kind", "words"),
    [
        (answer("a", "50") + answer("b"), "multichoice", "100 persen"),
        (answer("a", "abc") + answer("b", "100"), "multichoice", "bukan angka"),
        (answer("a", "100"), "multichoice", "Beri 2"),
        (
            "<single>false</single>" + answer("a", "50") + answer("b"),
            "multichoice",
            "berjumlah 100 persen",
        ),
        (answer("3,14", "100"), "numerical", "3.14"),
        (answer("true", "100") + answer("maybe"), "truefalse", "true atau false"),
        ("", "shortanswer", "Beri 1"),
    ],
)
def test_faults(tmp_path: Path, inside: str, kind: str, words: str) -> None:
    path = tmp_path / "soal.xml"
    path.write_text(f"<quiz>\n\n<question type='{kind}'>{HEAD}{inside}</question></quiz>")
    (parsed,) = reading.read(path, path.name).items
    assert not parsed.is_good and parsed.line == 3 and words in " ".join(parsed.faults)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    text = (
        f"<?xml version='1.0' encoding='{name}'?>\n<quiz><question type='multichoice'>{HEAD}{TWO}"
    )
    raw = f"{text}</question></quiz>".replace("S?", "Café?").encode(encoding)
    (parsed,) = read_bytes(raw).items
    assert parsed.item and parsed.item.stem == "Café?" and parsed.line == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<quiz><question>", "rusak"),
        ("<html></html>", "<quiz>"),
        ("<!DOCTYPE quiz [<!ENTITY a 'b'>]><quiz>&a;</quiz>", "DOCTYPE"),
        ("<?xml version='1.0'?><!-- x --><!DOCTYPE quiz SYSTEM 'file:///etc/passwd'><quiz/>",
         "DOCTYPE"),
        ("<quiz>&tidakada;</quiz>", "rusak"),
        ("<?xml version='1.0' encoding='ebcdic'?><quiz/>", "UTF-8"),
        ("<quiz>" + "<a>" * 400 + "</a>" * 400 + "</quiz>", "rusak"),
    ],
)  # fmt: skip
def test_files_that_are_refused(text: str, words: str) -> None:
    with pytest.raises(FormatRefused, match=words):
        read_bytes(text.encode())


def test_an_edit_made_elsewhere_wins_over_our_source(tmp_path: Path) -> None:
    """The Markdown beside the HTML is taken only while it still gives that HTML."""
    item = QuestionItem(
        kind=QuestionKind.ESSAY, code="e", stem="Satu -- \"dua\" ...", guidance="x",
        rubric=(Criterion("isi", 5),),
    )  # fmt: skip
    path = tmp_path / "soal.xml"
    writing.write(path, "moodle_xml", [item])
    assert reading.read(path, path.name).items[0].item == item
    path.write_text(path.read_text().replace("Satu", "Tiga", 1))
    (parsed,) = reading.read(path, path.name).items
    assert parsed.item and parsed.item.stem.startswith("Tiga")


def test_weighted_questions_are_single_choice_for_moodle(tmp_path: Path) -> None:
    item = QuestionItem(
        kind=QuestionKind.WEIGHTED, code="w", stem="S?",
        choices=(Choice("a", points=5), Choice("b", points=1)),
    )  # fmt: skip
    path = tmp_path / "soal.xml"
    assert "berbobot" in writing.write(path, "moodle_xml", [item])[1]
    text = path.read_text()
    assert "<single>true</single>" in text and 'fraction="100"' in text and 'fraction="20"' in text
    assert "lintas:jenis:berbobot" in text
    assert reading.read(path, path.name).items[0].item == item
