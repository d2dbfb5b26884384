"""What the services hand out holds, and says what was checked."""

from tests.verify import bundles


def test_a_real_bundle_holds_in_every_step(assen, tmp_path):
    held = bundles.checked(assen, tmp_path)

    assert [one.step for one in held] == [
        "Filen",
        "Underskriften",
        "Spillereglerne",
        "Stemmeurnens liste",
        "Tallene",
        "Stemmesedlerne",
        "Optællingen",
        "Byrådets beslutning",
    ]
    assert "84" in held[4].sentence % held[4].values


def test_the_test_bench_itself_changes_nothing(assen, files):
    assert bundles.packed(files) == assen
