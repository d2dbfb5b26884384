"""The real bundle all tests here start from: Assen 2024, imported, counted, published, adopted."""

import pytest

from tests.verify import bundles


@pytest.fixture(scope="session")
def assen(tmp_path_factory):
    """The bundle's bytes, made once by the services over a database of its own."""
    return bundles.of_assen(tmp_path_factory.mktemp("assen"))


@pytest.fixture
def files(assen):
    """What is in the real bundle, by name, to be tampered with."""
    return bundles.unpacked(assen)


@pytest.fixture
def refused(tmp_path):
    """Run the checks and hand back the name of the reason they were refused for."""
    from budgeting.verify.refused import BundleRefused

    def run(bundle, kept=None):
        with pytest.raises(BundleRefused) as raised:
            bundles.checked(bundle, tmp_path, kept)
        assert str(raised.value)
        return type(raised.value).__name__

    return run
