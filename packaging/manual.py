"""The manual page and the shells' completions, written from the command line's own grammar."""

from __future__ import annotations

import argparse

import facts
from aestudio import cli

Commands = dict[str, argparse.ArgumentParser]


def _commands() -> Commands:
    for action in cli.build_parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise LookupError("the command line has no commands")


def _roff(text: str) -> str:
    text = text.replace("\\", "\\e").replace("-", "\\-")
    # groff takes anything else by its number only
    text = "".join(c if c.isascii() else f"\\[u{ord(c):04X}]" for c in text)
    return "\\&" + text if text.startswith((".", "'")) else text


def _options(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if action.option_strings and action.help != argparse.SUPPRESS]


def _help(action: argparse.Action, parser: argparse.ArgumentParser) -> str:
    return parser._get_formatter()._expand_help(action) if action.help else ""


def page() -> str:
    """Return the manual page (roff)."""
    lines = [
        f'.TH {facts.NAME.upper()} 1 "{facts.RELEASED}" "{facts.NAME} {facts.VERSION}" "User Commands"',
        ".SH NAME",
        f"{facts.NAME} \\- {_roff(facts.SUMMARY[0].lower() + facts.SUMMARY[1:])}",
        ".SH SYNOPSIS",
        f".B {facts.NAME}\n[\\fIFILE\\fR...]\n.br\n.B {facts.NAME}\n\\fICOMMAND\\fR [\\fIOPTION\\fR...]",
        ".SH DESCRIPTION",
        *("\n".join((".PP", _roff(text))) for text in facts.DESCRIPTION),
        ".PP\nWithout a command the window opens, with the given pictures. A window that is open already takes them.",
        ".SH COMMANDS",
    ]
    for name, parser in _commands().items():
        lines.append(f".SS {_roff(parser.format_usage().removeprefix('usage: ').split(' [', 1)[0])}")
        lines.append(_roff((parser.description or name).capitalize() + "."))
        for action in parser._actions:
            names = ", ".join(action.option_strings) or str(action.metavar or action.dest)
            lines += [".TP", f"\\fB{_roff(names)}\\fR{_value(action)}", _roff(_help(action, parser)) or "\\&"]
    lines += [
        ".SH EXIT STATUS",
        "0: all done or skipped. 1: some or all inputs failed. 2: the command was wrong.",
        "3: nothing could start. 130: cancelled.",
        ".SH ENVIRONMENT",
        ".TP\n.B AESTUDIO_HOME\nThe folder of settings, your own models, journals and reports.",
        ".SH FILES",
        ".TP\n.I ~/.local/share/aestudio\nThe same, where AESTUDIO_HOME is not set.",
    ]
    return "\n".join(lines) + "\n"


def _value(action: argparse.Action) -> str:
    if not action.option_strings or action.nargs == 0:
        return ""
    if action.choices:
        return " " + _roff("|".join(map(str, action.choices)))
    return f" \\fI{_roff(str(action.metavar or action.dest).upper())}\\fR"


def bash_completion() -> str:
    """Return the completion for bash."""
    cases, values = [], []
    for name, parser in _commands().items():
        words = " ".join(option for action in _options(parser) for option in action.option_strings)
        cases.append(f'        {name}) words="{words}" ;;')
        for action in _options(parser):
            if action.choices:
                keys = "|".join(f"{name}:{option}" for option in action.option_strings)
                values.append(f'        {keys}) words="{" ".join(map(str, action.choices))}" ;;')
    return f"""# completion of {facts.NAME} for bash
_{facts.NAME}() {{
    local word="${{COMP_WORDS[COMP_CWORD]}}" command="${{COMP_WORDS[1]}}" words=""
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        words="{" ".join(_commands())} --help --version"
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word"; compgen -f -- "$word")
        return
    fi
    case "$command:${{COMP_WORDS[COMP_CWORD-1]}}" in
{chr(10).join(values)}
    esac
    if [ -n "$words" ]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
        return
    fi
    case "$word" in
        -*) ;;
        *) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    esac
    case "$command" in
{chr(10).join(cases)}
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}}
complete -o filenames -F _{facts.NAME} {facts.NAME}
"""


def zsh_completion() -> str:
    """Return the completion for zsh."""
    commands = "\n".join(f"        {_zsh(name)}:{_zsh(text)}" for name, (_, text) in cli.COMMANDS.items())
    cases = []
    for name, parser in _commands().items():
        options = [
            f"{option}[{_zsh(_help(action, parser))}]" + _zsh_value(action)
            for action in _options(parser)
            for option in action.option_strings
        ]
        quoted = " ".join(f"'{option}'" for option in options)
        cases.append(f"        {name}) _arguments {quoted} '*:file:_files' ;;")
    return f"""#compdef {facts.NAME}
_{facts.NAME}() {{
    if (( CURRENT == 2 )); then
        local -a commands=(
{commands.replace("        ", "        '").replace(chr(10), "'" + chr(10))}'
        )
        _describe command commands
        _files
        return
    fi
    local command=$words[2]
    shift words
    (( CURRENT-- ))
    case $command in
{chr(10).join(cases)}
        *) _files ;;
    esac
}}
_{facts.NAME} "$@"
"""


def _zsh(text: str) -> str:
    return text.replace("'", "").replace("[", "(").replace("]", ")").replace(":", "")


def _zsh_value(action: argparse.Action) -> str:
    if action.nargs == 0:
        return ""
    return f":value:({' '.join(map(str, action.choices))})" if action.choices else ":value:_files"


def fish_completion() -> str:
    """Return the completion for fish."""
    lines = [f"# completion of {facts.NAME} for fish"]
    for name, (_, text) in cli.COMMANDS.items():
        lines.append(f"complete -c {facts.NAME} -n __fish_use_subcommand -a {name} -d {_fish(text)}")
    for name, parser in _commands().items():
        for action in _options(parser):
            names = " ".join(f"-{'l' if o.startswith('--') else 's'} {o.lstrip('-')}" for o in action.option_strings)
            value = "" if action.nargs == 0 else " -r"
            if action.choices:
                value = f" -x -a {_fish(' '.join(map(str, action.choices)))}"
            about = _fish(_help(action, parser))
            condition = f"'__fish_seen_subcommand_from {name}'"
            lines.append(f"complete -c {facts.NAME} -n {condition} {names}{value} -d {about}")
    return "\n".join(lines) + "\n"


def _fish(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
