"""Tries hard to break the promises of the ballot box, and prints what came of it: `make soak`.

`python -m tests.soak [--short] [--database sqlite|postgresql|both] [names]`
"""

import argparse
import contextlib
import importlib
import time

from tests.soak import house

# Each has a `main(asked)` that prints its figures, a line each, and raises where a promise fails.
MODULES = ("races", "kills", "power", "disk", "deadline", "corrupted", "linkage")


class Asked(argparse.Namespace):
    """What was asked for on the command line, and fresh databases to do it on."""

    def databases(self, backends=("sqlite", "postgresql")):
        """An empty database of each kind wanted, with a folder for what lies beside it."""
        wanted = backends if self.database == "both" else (self.database,)
        for name in [one for one in backends if one in wanted]:
            with house.short_folder() as folder, self.url(name) as url:
                yield name, url, folder

    @contextlib.contextmanager
    def url(self, name):
        if name == "sqlite":
            yield None
            return
        with (
            house.short_folder() as folder,
            house.durable_postgresql(folder / "data") as server,
        ):
            yield house.new_database(server.get_uri(), "soak")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("names", nargs="*", default=MODULES, metavar=f"[{' '.join(MODULES)}]")
    asked = parser.parse_args(namespace=Asked())
    for name in asked.names:
        begun = time.monotonic()
        importlib.import_module(f"tests.soak.{name}").main(asked)
        print(f"{name}: {time.monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
