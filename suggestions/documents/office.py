"""Old Word files (.doc) made into .docx by LibreOffice where it is present, in a child without network."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from flask import current_app

from suggestions.documents import child, store
from suggestions.documents.safety import MediaType, accept, shown
from suggestions.domain.errors import Invalid

_LIMITS = child.Limits(seconds=60, memory=4096, output=64)
_PLEASE = "请另存为 .docx 或 PDF 后再上传。"
# What LibreOffice may do with a foreign document: run no macro, follow no link, load nothing that acts.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


@cache
def converter() -> str | None:
    """Where LibreOffice is; None where it is not."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def as_docx(data: bytes, name: str) -> bytes:
    """An old Word file as .docx; raises Invalid, naming the file, when it cannot be made into one here."""
    accept(data, name, only=MediaType.DOC)
    program = converter()
    if program is None:
        raise Invalid(f"“{shown(name)}”是旧版 Word 文件，本机没有能转换它的程序，{_PLEASE}")
    with tempfile.TemporaryDirectory(prefix="confined-") as place:
        folder = Path(place)
        (folder / "given.doc").write_bytes(data)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        command = (
            *(
                program,
                "--headless",
                "--norestore",
                "--nolockcheck",
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            ),
            *(
                "--infilter=MS Word 97",
                "--convert-to",
                "docx:MS Word 2007 XML",
                "--outdir",
                str(folder / "made"),
                "given.doc",
            ),
        )
        try:
            child.run(command, folder, _LIMITS, must_be_offline=True)
        except child.NoIsolationError as error:
            raise Invalid(f"“{shown(name)}”是旧版 Word 文件，本机不能把转换程序关在网络之外，{_PLEASE}") from error
        except child.OutOfLimitsError as error:
            raise Invalid(f"“{shown(name)}”没能在限定的时间和内存内转换成 .docx，{_PLEASE}") from error
        made = folder / "made" / "given.docx"
        # It ends without an error when it fails, too: only the file itself tells.
        if not made.exists():
            raise Invalid(f"“{shown(name)}”已损坏，没能转换成 .docx，{_PLEASE}")
        return made.read_bytes()


def kept_docx(sha256: str, name: str) -> bytes:
    """The same of a kept file, made once and kept beside it; Invalid as making it does."""
    path = Path(current_app.config["FILES_DIR"]) / "drawn" / sha256[:2] / sha256 / "made.docx"
    if not path.exists():
        made = as_docx(store.read(sha256), name)
        store.put_aside(path, made)
    return path.read_bytes()
