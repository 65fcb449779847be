"""Every setting: its variable, its default and what it means, on one page."""

import os
import secrets
from pathlib import Path
from typing import Any


def _secret_key(instance: Path) -> str:
    """SECRET_KEY from the environment; otherwise one made once and kept beside the database, readable to its owner."""
    given = os.environ.get("SECRET_KEY")
    if given:
        return given
    kept = instance / "secret_key"
    if not kept.exists():
        instance.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(secrets.token_hex(32))
        except FileExistsError:
            pass
    return kept.read_text()


def settings(instance: Path) -> dict[str, Any]:
    """The settings of this process, from environment variables.

    - DATABASE_URL: where the data live; default SQLite in `instance/`.
    - SECRET_KEY: signs cookies; default made once in `instance/`.
    - FILES_DIR: where originals and attachments live, by digest; default `instance/files`.
    - RULEBOOK: whose law counts; default `chongqing`.
    - PRACTICE: 1 for the practice mode with its movable day and printed accounts; default off.
    - PRACTICE_PASSWORD: the one password of the practice accounts; default `suggestions-practice`.
    - HOUSE: `district` (deputies office, many units) or `bureau` (one bureau imports for itself); default `district`.
    - CONGRESS: name of the congress, e.g. 云山区; default 云山区 in practice mode.
    - SITE_URL: where people open this house, e.g. https://jy.example.cn, written into messages; default none.
    - MAIL_URL: `smtp://name:password@host:port?from=address` or `smtps://…`; default no e-mail.
    - WEBHOOK_URL: robots of groups: `wecom+https://…`, `dingtalk+https://…#secret`, a space between; default none.
    - HTTPS: 1 when served over https, so that cookies are sent over nothing else; default off.
    """
    return {
        "SQLALCHEMY_DATABASE_URI": os.environ.get("DATABASE_URL", f"sqlite:///{instance / 'suggestions.db'}"),
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": True},  # a database server that was restarted is found again
        "SECRET_KEY": _secret_key(instance),
        "FILES_DIR": os.environ.get("FILES_DIR", str(instance / "files")),
        "RULEBOOK": os.environ.get("RULEBOOK", "chongqing"),
        "PRACTICE": os.environ.get("PRACTICE", "") == "1",
        "PRACTICE_PASSWORD": os.environ.get("PRACTICE_PASSWORD", "suggestions-practice"),
        "HOUSE": os.environ.get("HOUSE", "district"),
        "CONGRESS": os.environ.get("CONGRESS", "云山区"),
        "SITE_URL": os.environ.get("SITE_URL", ""),
        "MAIL_URL": os.environ.get("MAIL_URL", ""),
        "WEBHOOK_URL": os.environ.get("WEBHOOK_URL", ""),
        "SESSION_COOKIE_SECURE": os.environ.get("HTTPS", "") == "1",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": 64 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
        "WTF_CSRF_TIME_LIMIT": None,
    }
