"""How gunicorn serves the house, read from the folder it is started in; its command line goes first.

The app is loaded once, before the workers are made, so that they share what it is from the start:
each weighs 20 MB less of its own. A new version is served after a restart; HUP loads nothing anew.
"""

import gc
from typing import Any

preload_app = True


def when_ready(_server: Any) -> None:
    """Leave in peace what all workers share: collecting it would make a copy for each of them."""
    gc.collect()
    gc.freeze()
