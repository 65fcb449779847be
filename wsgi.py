"""The door for servers and for `flask --app wsgi`."""

from suggestions import create_app

app = create_app()
