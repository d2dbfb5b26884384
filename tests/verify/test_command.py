"""The command says in plain words what held, or at which step and why not."""

import json
import subprocess
import sys

import pytest

from budgeting.ballotbox import bundle_layout as layout
from budgeting.verify import command
from tests.verify import bundles


@pytest.fixture
def run(tmp_path, capsys):
    def run(bundle, *arguments):
        file = tmp_path / "resultat.zip"
        file.write_bytes(bundle)
        code = command.main([str(file), *arguments])
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def test_a_sound_bundle_is_told_step_by_step(assen, run):
    code, out, err = run(assen)

    assert (code, err) == (0, "")
    assert out.count("OK    ") == 8
    assert "„Assen Top Idee“: 84 kunne stemme, 84 kuverter er lagt i, 84 åbnet, 84 gyldige." in out
    assert "Alt passer. Resultatet er talt efter." in out


def test_a_tampered_bundle_is_told_with_step_and_reason(files, run):
    wrong = bundles.edited(files, layout.LOT, lambda said: said.update(seed="ab"))
    code, out, err = run(bundles.packed(wrong))

    assert code == 1
    assert err.startswith("FEJL  Spillereglerne: Lodtrækningens tal er ikke det")
    assert "(LotSeedDiffers)" in err
    assert "Alt passer" not in out


def test_what_is_no_bundle_has_a_code_of_its_own(run):
    code, out, err = run(b"Hej")

    assert (code, out) == (2, "")
    assert "(NotABundle)" in err


def test_a_file_that_is_not_there_is_told(capsys):
    assert command.main(["/findes/ikke.zip"]) == 2
    assert "ikke.zip kan ikke åbnes" in capsys.readouterr().err


def test_a_name_from_a_stranger_never_steers_the_terminal(files, run):
    wrong = bundles.edited(
        files, layout.BALLOT_LIST, lambda said: said[0].update(pot="\x1b[2J" + "x" * 500)
    )
    _, out, err = run(bundles.packed(wrong))

    assert "\x1b" not in out + err
    assert max(map(len, err.splitlines())) < 400


def in_groups(hexadecimal):
    """As a page shows it."""
    return " ".join(hexadecimal[at : at + 4] for at in range(0, 64, 4)).upper()


def test_kept_heads_are_read_as_the_page_hands_them_out(assen, files, run, tmp_path):
    entries = json.loads(files["pots/1/board.json"])["entries"]
    kept = tmp_path / "urnen.json"
    head = bundles.head(files, entries[:5])
    kept.write_text(
        json.dumps({"pots": [{"pot": "Assen Top Idee", "heads": [head]}]}, separators=(",", ":"))
    )

    code, out, _ = run(assen, "--kept", str(kept), "--key", in_groups(bundles.PUBLIC.hex()))

    assert code == 0
    assert "84 kuverter og 2 underskrifter" in out


def test_kept_heads_that_cannot_be_read_are_told(assen, run, tmp_path):
    kept = tmp_path / "urnen.json"
    kept.write_text("hej")

    code, _, err = run(assen, "--kept", str(kept))

    assert (code, "(FileUnreadable)" in err) == (1, True)


def test_it_runs_without_the_web_and_the_database(assen, tmp_path):
    file = tmp_path / "resultat.zip"
    file.write_bytes(assen)
    script = (
        "import sys\n"
        "from budgeting.verify import command\n"
        "code = command.main([sys.argv[1]])\n"
        "loaded = {'flask', 'sqlalchemy', 'budgeting.models'} & set(sys.modules)\n"
        "sys.exit(code or len(loaded) + 10 * bool(loaded))\n"
    )
    answer = subprocess.run([sys.executable, "-c", script, file], capture_output=True, text=True)

    assert answer.returncode == 0, answer.stdout + answer.stderr
