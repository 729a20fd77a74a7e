"""Keeps the window's translations: collects what can be said, merges it into the .ts files and compiles them.

python tools/translations.py            collect and compile
python tools/translations.py --check    say what is missing; exit code 1 where anything is

Collected are ``self.tr(...)`` (its context is the class), ``QCoreApplication.translate(context, ...)``,
``QT_TRANSLATE_NOOP(context, ...)`` and ``tr(...)`` of ui/language.py; from below the window the sentences of errors,
constants that are sentences, what training says meanwhile, how a device and a person's own pictures are called, what
reports say (``both``, ``noop``), what is wrong inside a file, and what the models' cards say. f-strings become patterns
with the gaps {0}, {1}, ...
"""

from __future__ import annotations

import ast
import itertools
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import PySide6

from aestudio.catalog import store
from aestudio.jobs.phrases import SENTENCES
from aestudio.ui.language import LANGUAGES, WORDS

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
PATTERNS = FOLDER / "sentences.json"

ON_A_TERMINAL = ("cli.py", "__main__.py", "commands", "evaluation")
"""Rooms whose words never reach the window."""

Message = tuple[str, str]
"""A context and a text in English."""


class Spoken(ast.NodeVisitor):
    """Collects what a module of the window says."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self._classes: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        match node:
            case ast.Call(func=ast.Attribute(attr="tr"), args=[ast.Constant(value=str(text)), *_]):
                self.messages.append((self._classes[-1], text))
            case ast.Call(func=ast.Name(id="tr"), args=[ast.Constant(value=str(text)), *_]):
                self.messages.append((WORDS, text))
            case ast.Call(
                func=ast.Attribute(attr="translate") | ast.Name(id="QT_TRANSLATE_NOOP"),
                args=[ast.Constant(value=str(context)), ast.Constant(value=str(text)), *_],
            ):
                self.messages.append((context, text))
        self.generic_visit(node)


class Sentences(ast.NodeVisitor):
    """Collects what a module below the window has to say to a person."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name.endswith("Error") or name in (
            "Failed",
            "append",
            "Notice",
            "_refuse",
            "Finding",
            "_worse",
            "say",
            "tell",
        ):
            self._take([*node.args, *(k.value for k in node.keywords)])
        match node:
            case ast.Call(args=[ast.Constant(value=str(text)), *_]) if name in ("both", "noop"):
                self.texts.append(text)
            case ast.Call(args=[ast.Constant(value=str(text)), *_]) if name in ("ContainerError", "DecodeError"):
                self.texts.append(text)
            case ast.Call(
                func=ast.Attribute(value=ast.Call(func=ast.Name(id="super"))), args=[ast.Constant(str(text))]
            ):
                self.texts.append(text)
        self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        if node.name == "Provenance":
            for field in node.body:
                if isinstance(field, ast.AnnAssign) and field.value is not None:
                    self.texts += _templates(field.value)
        self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        if node.name == "device_name":
            for part in ast.walk(node):
                if isinstance(part, ast.Return) and isinstance(part.value, ast.JoinedStr):
                    self.texts += _templates(part.value)
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        if any(isinstance(t, ast.Name) and (t.id.isupper() or t.id in ("what", "advice")) for t in node.targets):
            self._take([node.value])
        self.generic_visit(node)

    def _take(self, values: list[ast.expr]) -> None:
        for value in values:
            self.texts += [t for t in _templates(value) if " " in t and re.search(r"[.?:]$", t)]


GAP = "\0"
"""Stands for a gap until all of a sentence's are known and can be numbered."""


def _templates(node: ast.expr) -> list[str]:
    """Return what a string, an f-string with numbered gaps, or a choice or sum of them can say."""
    numbered = []
    for text in _variants(node):
        first, *others = text.split(GAP)
        numbered.append(first + "".join(f"{{{number}}}{part}" for number, part in enumerate(others)))
    return numbered


def _variants(node: ast.expr) -> list[str]:
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp():
            return [text for branch in (node.body, node.orelse) for text in _variants(branch) or [GAP]]
        case ast.BinOp(op=ast.Add()):
            return [a + b for a in _variants(node.left) for b in _variants(node.right)]
        case ast.JoinedStr():
            parts = [_variants(part) or [GAP] for part in node.values]
            return ["".join(choice) for choice in itertools.product(*parts)]
        case ast.FormattedValue(value=ast.IfExp(body=ast.Constant(), orelse=ast.Constant()) as choice):
            return _variants(choice)
    return []


def collect() -> list[Message]:
    """Return all that can be said, in a stable order."""
    messages: list[Message] = []
    for path in sorted((ROOT / "aestudio").rglob("*.py")):
        room = path.relative_to(ROOT / "aestudio").parts[0]
        if room in ON_A_TERMINAL:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        if room == "ui":
            spoken = Spoken()
            spoken.visit(tree)
            messages += spoken.messages
        sentences = Sentences()
        sentences.visit(tree)
        messages += [(SENTENCES, text) for text in sentences.texts]
    for model in store.installed():
        messages += [(SENTENCES, text) for text in (model.card.title, model.card.description) if text]
    return sorted(set(messages))


def read(path: Path) -> dict[Message, str]:
    """Return the finished translations of a .ts file."""
    found = {}
    if path.is_file():
        for context in ET.parse(path).getroot().iter("context"):
            name = context.findtext("name", "")
            for message in context.iter("message"):
                text = message.findtext("translation", "")
                if text:
                    found[name, message.findtext("source", "")] = text
    return found


def write(path: Path, language: str, messages: list[Message], known: dict[Message, str]) -> None:
    """Write a .ts file with ``messages``, translated where ``known`` has it."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for name, source in messages:
        if name not in contexts:
            contexts[name] = ET.SubElement(root, "context")
            ET.SubElement(contexts[name], "name").text = name
        message = ET.SubElement(contexts[name], "message")
        ET.SubElement(message, "source").text = source
        translation = ET.SubElement(message, "translation")
        if (name, source) in known:
            translation.text = known[name, source]
        else:
            translation.set("type", "unfinished")
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', "utf-8")


def problems(messages: list[Message], known: dict[Message, str]) -> Iterator[str]:
    """Yield what is wrong with a language: nothing translated, gaps that differ, messages that are gone."""
    for message in messages:
        if message not in known:
            yield f"not translated: {message[1]}"
        elif set(re.findall(r"\{\w*", message[1])) < set(re.findall(r"\{\w*", known[message])):
            yield f"a gap that the English does not have: {known[message]}"
    yield from (f"no longer said: {text}" for name, text in known.keys() - set(messages))


def patterns(messages: list[Message]) -> str:
    """Return the file that names the sentences with gaps."""
    return json.dumps([t for c, t in messages if c == SENTENCES and "{0}" in t], ensure_ascii=False, indent=1) + "\n"


def main(argv: list[str]) -> int:
    """Run; return the exit code."""
    messages = collect()
    wrong = []
    for language in LANGUAGES.keys() - {"en"}:
        path = FOLDER / f"aestudio_{language}.ts"
        known = read(path)
        wrong += [f"{language}: {problem}" for problem in problems(messages, known)]
        if "--check" not in argv:
            FOLDER.mkdir(parents=True, exist_ok=True)
            write(path, language, messages, known)
            PATTERNS.write_text(patterns(messages), "utf-8")
            compiler = Path(PySide6.__file__).parent / "lrelease"
            subprocess.run([compiler, "-silent", path, "-qm", path.with_suffix(".qm")], check=True)
    print("\n".join(wrong) or "Everything is translated.")
    return 1 if wrong and "--check" in argv else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
