"""What docs/deploy gives an operator to copy says the same as operating.md and the code."""

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.support.source import ROOT
from voorjebuurt import paths
from voorjebuurt.web.kit import bodies

DEPLOY = paths.DOCS / "deploy"
OPERATING = (paths.DOCS / "operating.md").read_text()
CONTAINERFILE = (DEPLOY / "Containerfile").read_text()
SECRET = re.compile(r"KEY|SECRET|TOKEN|PASSWORD|DATABASE_URL|SMTP_URL")


def directives(text: str) -> set[str]:
    """Each setting of nginx with its value, however it is spaced."""
    code = re.sub(r"#.*", "", text)
    return {" ".join(each.split()) for each in re.findall(r"[a-z_]+ [^;{}]+(?=;)", code)}


def test_the_settings_of_the_proxy_are_those_of_the_block_that_tests_run() -> None:
    (block,) = re.findall(r"Of nginx these are the settings.*?```\n(.*?)```", OPERATING, re.DOTALL)
    assert len(directives(block)) == 7
    assert directives(block) - directives((DEPLOY / "nginx.conf").read_text()) == set()


def test_the_proxy_takes_what_the_site_takes_and_no_more() -> None:
    text = (DEPLOY / "nginx.conf").read_text()
    usual, official = (
        int(size) * 1024**2 for size in re.findall(r"client_max_body_size +(\d+)m;", text)
    )
    assert usual == max(bodies.UPLOADS.values())
    limits = tomllib.loads((paths.CONFIG / "default.toml").read_text())["places"]
    most = limits["max_address_bytes"] + bodies.MEGABYTE
    assert most <= official < most * 1.1


# The Containerfile: no engine is here, so its lines are read, and done one by one.


def instructions() -> list[tuple[str, str]]:
    """Name and rest of every line, the continued ones whole."""
    text = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", CONTAINERFILE, flags=re.MULTILINE))
    lines = (line.strip() for line in text.splitlines())
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines if line)]


def copied() -> list[tuple[list[str], str]]:
    """What is copied from the checkout, and to where."""
    lines = [
        shlex.split(rest)
        for name, rest in instructions()
        if name == "COPY" and not rest.startswith("--from")
    ]
    return [(line[:-1], line[-1]) for line in lines]


def test_everything_that_is_copied_is_there_and_not_ignored() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    for sources, _ in copied():
        for source in sources:
            assert (ROOT / source).exists(), source
            assert f"!{source}" in lines or f"!{source.partition('/')[0]}" in lines
    names = {source for sources, _ in copied() for source in sources}
    exceptions = {line[1:] for line in lines if line.startswith("!")}
    assert not [name for name in exceptions if not any(fnmatch(each, f"{name}*") for each in names)]


def test_nothing_is_fetched_without_a_hash() -> None:
    commands = [
        command for name, rest in instructions() if name == "RUN" for command in rest.split("&&")
    ]
    installs = [command for command in commands if "pip install" in command]
    assert len(installs) == 3
    for command in installs:
        assert "--require-hashes" in command or "--no-index" in command
    assert not any(word in CONTAINERFILE for word in ("curl", "wget", "apt-get", "\nADD"))


def test_it_runs_as_nobody_and_holds_no_secret() -> None:
    last = instructions()[max(i for i, (name, _) in enumerate(instructions()) if name == "FROM") :]
    names = [name for name, _ in last]
    (user,) = (rest for name, rest in last if name == "USER")
    assert int(user) > 1000
    assert names.index("USER") < names.index("ENTRYPOINT")
    assert not [
        rest for name, rest in instructions() if name in ("ARG", "ENV") and SECRET.search(rest)
    ]
    assert f"VJB_HOME={dict(last)['VOLUME']}" in CONTAINERFILE
    assert "/readyz" in dict(last)["HEALTHCHECK"]


def test_its_commands_are_those_of_the_procfile() -> None:
    processes = {
        line.split()[-1] for line in (ROOT / "Procfile").read_text().splitlines() if line.strip()
    }
    names = re.findall(r"^# +podman run .* voorjebuurt (\w+)$", CONTAINERFILE, re.MULTILINE)
    assert set(names) == processes == {"migrate", "web", "worker"}
    rest = dict(instructions())
    assert rest["ENTRYPOINT"] == '["voorjebuurt"]'
    assert rest["CMD"] == '["web"]'


def test_its_python_is_one_that_the_site_runs_on() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    least = tuple(map(int, project["requires-python"].removeprefix(">=").split(".")))
    versions = {
        tuple(map(int, text.split(".")))
        for text in re.findall(r"library/python:([\d.]+)-", CONTAINERFILE)
    }
    assert len(versions) == 1, "what is built by one is run by the same"
    assert versions.pop() >= least


@pytest.fixture
def build_folder(tmp_path: Path) -> Path:
    """What the image's build has of the checkout: nothing but what is copied, and not ignored."""
    leave_out = shutil.ignore_patterns("*.mo", "__pycache__", "dist")
    for sources, target in copied():
        for source in sources:
            place = tmp_path / target
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place, ignore=leave_out, dirs_exist_ok=True)
            else:
                place.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / source, place)
    return tmp_path


def test_its_steps_build_the_wheel_from_what_is_copied(build_folder: Path, tmp_path: Path) -> None:
    (build,) = (rest for name, rest in instructions() if name == "RUN" and "hatchling" in rest)
    steps = [step for step in map(shlex.split, build.split("&&")) if step[1] == "-m"]
    assert len(steps) == 3
    for step in steps:
        arguments = [each.replace("/wheel", str(tmp_path / "wheel")) for each in step[1:]]
        result = subprocess.run(
            [sys.executable, *arguments],
            cwd=build_folder,
            env={"PYTHONPATH": str(build_folder), "VJB_BUILD_VERSION": "0.3.0.dev7+gabc"},
            capture_output=True,
            text=True,
        )
        assert result.returncode == 0, result.stderr
    (wheel,) = (tmp_path / "wheel").glob("*.whl")
    assert wheel.name == "voorjebuurt-0.3.0.dev7+gabc-py3-none-any.whl"
    names = set(ZipFile(wheel).namelist())
    assert "voorjebuurt/static/dist/manifest.json" in names
    assert "voorjebuurt/translations/nl/LC_MESSAGES/messages.mo" in names
    assert "voorjebuurt/_data/migrations/env.py" in names
    assert not [name for name in names if "/local/" in name or "__pycache__" in name]
