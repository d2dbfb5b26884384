"""Creates the app: `flask --app app run`, or any WSGI server with `app:app`."""

from budgeting import create_app

app = create_app()
