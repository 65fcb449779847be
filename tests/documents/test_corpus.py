"""The corpus: each original is read or refused as corpus.txt says, none crashes, and none is imported by half."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from suggestions.documents import child, office
from suggestions.documents.originals import Original, read_original
from suggestions.documents.safety import shown
from suggestions.domain.errors import Invalid
from suggestions.extensions import db
from suggestions.models import Event, File, Person, Suggestion
from suggestions.practice.play import Play
from suggestions.usecases import importing
from suggestions.usecases.filing import Upload
from tests import servers
from tests.documents.corpus.docs import DOCS
from tests.documents.corpus.ofds import OFDS
from tests.documents.corpus.olds import NEED_LIBREOFFICE, OLDS
from tests.documents.corpus.pdfs import PDFS
from tests.documents.corpus.pictures import PICTURES
from tests.documents.making import TITLE, practice_original, workbook
from tests.usecases.walking import Walk

CORPUS: dict[str, Callable[[], bytes]] = {**DOCS, **PDFS, **PICTURES, **OFDS, **OLDS}
TABLE: dict[str, tuple[str, str]] = {}
for line in (Path(__file__).parent / "corpus.txt").read_text(encoding="utf-8").splitlines():
    if line and not line.startswith("#"):
        name, outcome, rest = line.split(" | ", 2)
        TABLE[name.encode().decode("unicode_escape")] = outcome, rest

pytestmark = pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")


def said(original: Original, what: str) -> str:
    """One value of a reading as the table writes it."""
    if what == "doubts":
        return ",".join(sorted({doubt.field for doubt in original.doubts}))
    if what == "requests":
        return str(len(original.requests))
    if what == "title":
        return original.title[:22]
    value = getattr(original, what)
    return "、".join(value) if isinstance(value, tuple) else str(value or (0 if what == "pages" else ""))


def made(name: str) -> bytes:
    if (name in NEED_LIBREOFFICE or name == "doc-hollow.doc") and office.converter() is None:
        servers.missing("LibreOffice (soffice) is not here: the old Word files of the corpus are left out")
    return CORPUS[name]()


def test_the_table_names_every_original_and_no_other() -> None:
    assert set(TABLE) == set(CORPUS)
    assert len(TABLE) >= 60
    assert {outcome for outcome, _ in TABLE.values()} == {"read", "refused"}


@pytest.mark.parametrize("name", [name for name, (outcome, _) in TABLE.items() if outcome == "read"], ids=repr)
def test_it_is_read_with_these_values(name: str) -> None:
    original = read_original(made(name), name)
    for each in TABLE[name][1].split("; "):
        what, expected = each.split("=", 1)
        assert said(original, what) == expected, each


@pytest.mark.parametrize("name", [name for name, (outcome, _) in TABLE.items() if outcome == "refused"], ids=repr)
def test_it_is_refused_with_this_sentence(name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_original(made(name), name)
    assert refusal.value.message == f"“{shown(name)}”{TABLE[name][1]}"


BROUGHT = (
    *("scan.png", "scan-three-pages.tiff", "ofd-scan.ofd", "pdf-scan.pdf", "word-empty.docx"),
    *(
        "hostile a bomb.docx",
        "pdf-js-open.pdf",
        "pdf-bomb.pdf",
        "ofd-foreign-page.ofd",
        "scan-flood.tif",
        "doc-macro.doc",
    ),
)


# How an import ends on either database is tested with whole papers; here it is the papers that are broken.
@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_a_workbook_with_broken_papers_is_imported_whole_or_not_at_all(play: Play) -> None:
    header = ("建议编号", "建议标题", "领衔代表", "附议代表", "主办单位", "交办日期", "原件")
    rows = [
        (str(901 + at), f"关于{at}的建议", "陈立群", "刘素芬", "区民政局", "2026-02-09", name)
        for at, name in enumerate(BROUGHT)
    ]
    table = Upload("交办清单.xlsx", workbook([TITLE], header, *rows))
    papers = [Upload(name, CORPUS[name]()) for name in BROUGHT]
    tables = (Suggestion, File, Person, Event)
    before = [db.session.query(each).count() for each in tables]
    with Walk(play).clock(), pytest.raises(importing.Refused) as refused:
        importing.import_handover(table, papers, by=play.actor("supervisor"))
    broken = [name for name in BROUGHT if TABLE[name][0] == "refused"]
    assert [fault.value for fault in refused.value.preview.faults] == broken
    assert [db.session.query(each).count() for each in tables] == before
    with Walk(play).clock():
        done = importing.import_handover(table, papers, by=play.actor("supervisor"), is_skipping_errors=True)
    assert (done.added, done.left_out) == (len(BROUGHT) - len(broken), len(broken))
    kept = {file.name for file in db.session.query(File).filter(File.name.in_(BROUGHT))}
    assert kept == set(BROUGHT) - set(broken)
    new = db.session.query(Suggestion).filter(Suggestion.number >= "901").all()
    assert all(suggestion.asked == [] for suggestion in new)


def test_without_libreoffice_an_old_word_file_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "converter", lambda: None)
    with pytest.raises(
        Invalid, match=r"“a\.doc”是旧版 Word 文件，本机没有能转换它的程序，请另存为 \.docx 或 PDF 后再上传。"
    ):
        read_original(CORPUS["doc-hollow.doc"](), "a.doc")


def test_where_the_network_cannot_be_cut_the_converter_does_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> bytes:
        raise child.NoIsolationError

    monkeypatch.setattr(office, "converter", lambda: "soffice")
    monkeypatch.setattr(child, "run", refuse)
    with pytest.raises(Invalid, match="不能把转换程序关在网络之外"):
        read_original(CORPUS["doc-hollow.doc"](), "a.doc")


@pytest.mark.parametrize(
    ("words", "limits"),
    [
        ("while True: pass", child.Limits(seconds=1)),
        ("import time; time.sleep(60)", child.Limits(seconds=1)),
        ("x = bytearray(900_000_000)", child.Limits(memory=300)),
        ("open('x', 'wb').write(bytes(3_000_000))", child.Limits(output=1)),
        ("raise SystemExit(3)", child.Limits()),
    ],
)
def test_a_child_that_exceeds_its_limits_is_ended(tmp_path: Path, words: str, limits: child.Limits) -> None:
    with pytest.raises(child.OutOfLimitsError):
        child.run(("python3", "-c", words), tmp_path, limits)


def test_a_child_has_no_network(tmp_path: Path) -> None:
    words = "import socket\ntry: socket.create_connection(('127.0.0.1', {}), 2)\nexcept OSError: print('alone')"
    with socket.create_server(("127.0.0.1", 0)) as server:
        script = words.format(server.getsockname()[1])
        try:
            heard = child.run(("python3", "-c", script), tmp_path, child.Limits(), must_be_offline=True)
        except child.NoIsolationError:
            servers.missing("a network of its own cannot be made for a process on this machine")
    assert heard.strip() == b"alone"


def test_an_old_word_file_says_the_same_as_the_new_one() -> None:
    word = read_original(practice_original(), "a.docx")
    if office.converter() is None:
        servers.missing("LibreOffice (soffice) is not here: an old Word file cannot be compared")
    assert read_original(CORPUS["doc-practice.doc"](), "a.doc") == word
