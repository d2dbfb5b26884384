"""What a server needs, loaded once in the process that servers are forked from."""

from gunicorn.app.base import BaseApplication

from budgeting import create_app
from tests.soak import house, naive  # noqa: F401 - what the forked processes are told to do

create_app({"DATABASE_URL": "sqlite://", "SECRET_KEY": "only-to-load-all-the-pages"})


class Gunicorn(BaseApplication):
    """gunicorn without its command line."""

    def __init__(self, load, **options):
        self.make, self.options = load, options
        super().__init__()

    def load_config(self):
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self):
        return self.make()
