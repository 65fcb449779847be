"""What the documents say is what the program does."""

import re
from pathlib import Path

from suggestions.cli import COMMANDS
from suggestions.domain import printing

ROOT = Path(__file__).resolve().parent.parent


def test_the_workflow_page_is_current() -> None:
    assert (ROOT / "docs/workflow.md").read_text(encoding="utf-8") == printing.page(), (
        "flask --app wsgi workflow > docs/workflow.md"
    )


def test_the_tables_in_the_readme_are_current() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme == printing.put_into(readme), "flask --app wsgi workflow --into README.md"


def test_every_decision_is_listed_and_there() -> None:
    listed = re.findall(r"\((\d{4}-[a-z0-9-]+\.md)\)", (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8"))
    assert listed == sorted(path.name for path in (ROOT / "docs/decisions").glob("0*.md"))


def test_the_commands_that_the_manual_names_exist() -> None:
    manual = (ROOT / "docs/zh/使用说明.md").read_text(encoding="utf-8")
    named = set(re.findall(r"flask --app wsgi ([a-z-]+)", manual))
    assert named
    assert named <= {command.name for command in COMMANDS}


def test_readme_names_commands_that_the_makefile_has() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"make ([a-z]+)", readme))
    assert {"run", "test", "check"} <= named
    assert all(re.search(rf"^{name}:", makefile, re.MULTILINE) for name in named)
