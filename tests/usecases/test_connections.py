"""A connection that died while nobody used it is replaced before anybody notices."""

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select
from sqlalchemy.pool import NullPool

from suggestions.extensions import db

ON_POSTGRES = pytest.mark.parametrize(
    "databases", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


@ON_POSTGRES
def test_a_page_comes_after_the_database_server_was_restarted(empty_app: Flask) -> None:
    with empty_app.app_context():
        own = db.session.scalar(select(func.pg_backend_pid()))
    with create_engine(empty_app.config["SQLALCHEMY_DATABASE_URI"], poolclass=NullPool).connect() as other:
        assert other.scalar(select(func.pg_terminate_backend(own, 5000)))
    with empty_app.app_context():
        assert db.session.scalar(select(func.pg_backend_pid())) != own
    assert empty_app.test_client().get("/login").status_code == 200
