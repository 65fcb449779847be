"""Fills the empty practice database of DATABASE_URL with the year: `PRACTICE=1 python -m benchmarks.year`."""

import sys

import flask_migrate

from benchmarks.year import load_year
from suggestions import create_app

app = create_app()
with app.app_context():
    if not app.config["PRACTICE"]:
        sys.exit("只有练习模式（PRACTICE=1）才装入练习数据。")
    flask_migrate.upgrade()
    print("练习的一年已装好。" if load_year() else "库里已有数据，没有动。")
