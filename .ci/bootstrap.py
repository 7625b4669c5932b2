"""Installs what ``make`` needs into ``.venv``, and nothing when it is there already.

Called as ``bootstrap.py runtime`` (to run the site), ``bootstrap.py dev`` (to test it) or
``bootstrap.py mutants`` (to test the tests). Uses only Python's
standard library. What can't be done is told in one line.
"""

import fcntl
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {
    "runtime": "requirements-run.lock",
    "dev": "requirements-dev.lock",
    "mutants": "requirements-mutants.lock",
}
"""The kinds of installation, each with all that the one before it has."""
MEGABYTES = {"runtime": 125, "dev": 220, "mutants": 225}
"""What is fetched for each when nothing is there yet, as pip counted it on Linux."""
LARGE = 2.0
"""From how many megabytes a package has a line of its own while it is fetched."""
BUILT_FROM = {
    "translations": ("voorjebuurt/translations/**/*.po",),
    "assets": ("voorjebuurt/static/**/*", "voorjebuurt/web/kit/assets/*.py"),
}
BUILD_COMMANDS = {"translations": "compile", "assets": "build"}


def main(kind: str) -> None:
    """Bring ``.venv`` and the built files up to date; a second ``make`` waits for the first."""
    os.chdir(ROOT)
    folder = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    fingerprints = {name: _fingerprint(lock) for name, lock in LOCKS.items()}
    if _read("installed") not in _enough(kind, fingerprints):
        _install(kind, fingerprints[kind])
    for name, sources in BUILT_FROM.items():
        _build(name, _fingerprint_of_files(sources))


def _enough(kind: str, fingerprints: dict[str, str]) -> set[str]:
    """What is installed for the tests will do to run the site, but not the other way round."""
    kinds = list(LOCKS)
    return {fingerprints[each] for each in kinds[kinds.index(kind) :]}


def _fingerprint(lock: str) -> str:
    content = (ROOT / "config" / lock).read_bytes()
    return hashlib.sha256(content + os.fsencode(VENV)).hexdigest()


def _fingerprint_of_files(patterns: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for pattern in patterns for path in ROOT.glob(pattern)):
        if path.is_file() and "dist" not in path.parts and "__pycache__" not in path.parts:
            facts = path.stat()
            digest.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _read(stamp: str) -> str:
    file = VENV / f".{stamp}"
    return file.read_text() if file.exists() else ""


def _install(kind: str, fingerprint: str) -> None:
    lock = f"config/{LOCKS[kind]}"
    count = packages_in((ROOT / lock).read_text())
    print(
        f"Installing {count} packages into .venv; this happens once. The first time"
        f" some {MEGABYTES[kind]} MB are fetched.",
        flush=True,
    )
    if not _works():
        _make_venv()
    command = [*_pip(), "install", "--progress-bar=off", "--require-hashes", "--only-binary=:all:"]
    command += ["--no-input", "--disable-pip-version-check", "--no-warn-script-location"]
    with subprocess.Popen([*command, "-r", lock], stdout=subprocess.PIPE, text=True) as pip:
        for line in progress(pip.stdout or (), MEGABYTES[kind]):
            print(line, flush=True)
    if pip.returncode:
        sys.exit("The packages could not be installed; pip's lines above say why.")
    _put_on_path()
    (VENV / ".installed").write_text(fingerprint)


def packages_in(lock: str) -> int:
    """How many packages a lock names, also those for other systems."""
    return len(re.findall(r"^[\w.-]+==", lock, re.MULTILINE))


def progress(lines: Iterable[str], megabytes: int) -> Iterator[str]:
    """How far it is, of what pip says: each large package by its name, every 10 MB, the last step.

    pip tells sizes also of what it has from an earlier time; that is soon there.
    """
    name, fetched, told = "", 0.0, 0.0
    for line in lines:
        if line.startswith("Collecting "):
            name = re.split(r"[=<>!~;\[ ]", line.split()[1])[0]
        elif line.startswith("Processing "):
            name = Path(line.split()[1]).name.partition("-")[0]
        elif line.startswith("Installing collected packages"):
            yield "  All are there; unpacking them takes a minute at most."
        size = _megabytes(line)
        if size >= LARGE or fetched + size >= told + 10:
            yield f"  {min(round(fetched), megabytes):3} of {megabytes} MB: {name} ({size:.1f} MB)"
            told = fetched + size
        fetched += size


def _megabytes(line: str) -> float:
    """The size in a line of pip such as ``Downloading flask-3.1.whl (103 kB)``; 0 in another."""
    if (local := re.match(r"Processing (\S+\.whl)", line)) and Path(local[1]).is_file():
        return Path(local[1]).stat().st_size / 1e6
    found = re.match(r"\s+(?:Downloading|Using cached) .*\(([\d.]+) (bytes|kB|MB)\)", line)
    units = {"bytes": 1e-6, "kB": 1e-3, "MB": 1.0}
    return float(found[1]) * units[found[2]] if found else 0.0


def _works() -> bool:
    """Whether ``.venv`` is one, made at this very place, by a Python that still exists."""
    if not PYTHON.exists():
        return False
    question = "import sys; print(sys.prefix)"
    answer = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True, check=False)
    return answer.stdout.strip() == str(VENV)


def _make_venv() -> None:
    base = getattr(sys, "_base_executable", sys.executable)
    command = [base, "-m", "venv", "--clear"]
    if find_spec("venv") is None or (find_spec("ensurepip") is None and not _pip_can_help(base)):
        sys.exit(_advice())
    if find_spec("ensurepip") is None:
        command.append("--without-pip")
    process = subprocess.run([*command, VENV], capture_output=True, text=True, check=False)
    if process.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        lines = (process.stderr or process.stdout).strip().splitlines()
        sys.exit(f"The folder .venv can't be made: {lines[-1] if lines else 'no reason given'}")


def _pip_can_help(python: str) -> bool:
    """Whether the system's own pip can install into a virtual environment without one."""
    command = [python, "-m", "pip", "--version"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        return False
    major, minor = answer.stdout.split()[1].split(".")[:2]
    return (int(major), int(minor)) >= (22, 3)


def _pip() -> list[str]:
    if (VENV / "bin" / "pip").exists():
        return [str(PYTHON), "-m", "pip"]
    base = getattr(sys, "_base_executable", sys.executable)
    return [base, "-m", "pip", "--python", str(PYTHON)]


def _advice() -> str:
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if shutil.which("apt-get"):
        return f"Python's venv module is missing; give: apt-get install {package}"
    return "Python's venv module is missing; install the package of your system that has it."


def _put_on_path() -> None:
    """Make this checkout importable and give it its command, without building a package."""
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    answer = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True, check=True)
    (Path(answer.stdout.strip()) / "voorjebuurt.pth").write_text(f"{ROOT}\n")
    script = VENV / "bin" / "voorjebuurt"
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(str(PYTHON))} -m voorjebuurt "$@"\n')
    script.chmod(0o755)


def _build(name: str, fingerprint: str) -> None:
    if _read(name) == fingerprint and _is_built(name):
        return
    command = [PYTHON, "-m", "voorjebuurt", name, BUILD_COMMANDS[name]]
    if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
        sys.exit(f"The {name} could not be built; the lines above say why.")
    (VENV / f".{name}").write_text(fingerprint)


def _is_built(name: str) -> bool:
    if name == "assets":
        return (ROOT / "voorjebuurt/static/dist/manifest.json").exists()
    sources = ROOT.glob("voorjebuurt/translations/**/*.po")
    return all(source.with_suffix(".mo").exists() for source in sources)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        sys.exit(f"Can't install here: {error.strerror} ({error.filename}).")
