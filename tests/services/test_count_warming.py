"""The kernels are compiled in a process of their own, and the one who asks stays light."""

import subprocess
import sys

from budgeting.services import count_warming


def test_the_kernels_are_compiled_by_a_process_that_ends_well():
    with count_warming.warm_apart() as process:
        assert process.wait(timeout=120) == 0


def test_neither_warming_nor_what_is_beside_a_count_loads_numba_here():
    light = (
        "import sys; from budgeting.services import beside_the_count, count_warming; "
        "sys.exit(bool({'numba', 'numpy'} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", light], check=False).returncode == 0
