# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which codes the package uses, read from its source and its page templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

_FILE_ENDINGS = frozenset(
    {"css", "csv", "exe", "html", "jpg", "json", "jsonl", "lock", "log", "pdf", "png", "py", "toml"}
)
_CODE = re.compile(r"[a-z][a-z-]*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+")
_IN_TEMPLATE = re.compile(r'texts\("([a-z0-9.-]+)"(?:\s*~\s*([a-z_.]+))?([^()]*(?:\([^()]*\)[^()]*)*)\)')
_TEMPLATE_PARAMETER = re.compile(r"(\w+)=")
_IN_SCRIPT = re.compile(r"""["`]((?:page|problem)\.[\w.${}-]+)["`](?:, \{([^{}]*)\}\))?""")
_SAID = re.compile(r"say\($")

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Use(NamedTuple):
    """A code in the source; ``params`` is None where they can't be told.

    A code that is put together has the put-in expressions in braces: ``month.{date.month}``.
    """

    code: str
    params: frozenset[str] | None
    where: str


@dataclass
class Uses:
    """All codes in use: of sentences, and of findings, problems and refusals without their table."""

    sentences: list[Use] = field(default_factory=list)
    findings: list[Use] = field(default_factory=list)
    problems: list[Use] = field(default_factory=list)
    refusals: list[Use] = field(default_factory=list)
    constants: set[str] = field(default_factory=set)

    def of(self, kind: str) -> list[Use]:
        """The uses of one kind: ``finding``, ``problem`` or ``refusal``."""
        return {"finding": self.findings, "problem": self.problems, "refusal": self.refusals}[kind]


class _Builder(NamedTuple):
    """What makes a finding, a problem or a refusal, and where its code stands among its arguments."""

    kind: str
    place: int
    named: frozenset[str]
    takes_params: bool


_ROOTS = {
    "Finding": _Builder("finding", 0, frozenset({"code"}), takes_params=False),
    "Problem": _Builder("problem", 0, frozenset({"code"}), takes_params=True),
    "Refusal": _Builder("refusal", 0, frozenset({"code"}), takes_params=False),
}


def read_source(package: Path, templates: Path, tables: Collection[str]) -> Uses:
    """Read every module, page template and script of a page.

    A code is what a call of something named ``…texts`` begins with, and any other string
    ``table.key`` whose table is in the catalogue or in such a call.

    Args:
        package: the package's folder.
        templates: the folder of the page templates.
        tables: the catalogue's.
    """
    modules = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(package.rglob("*.py"))}
    builders = _find_builders(modules)
    uses = Uses()
    direct: set[int] = set()
    for path, tree in modules.items():
        where = path.relative_to(package).as_posix()
        direct |= _read_calls(tree, where, uses)
        for function, call in _calls(tree):
            builder = _builder_called(call, builders, path)
            if builder is not None:
                _read_building(function, call, builder, f"{where}:{call.lineno}", uses)
    known = set(tables) | {use.code.partition(".")[0] for use in uses.sentences}
    for path, tree in modules.items():
        _read_strings(tree, path.relative_to(package).as_posix(), known, direct, uses)
    for path in sorted(templates.glob("*.html")):
        uses.sentences.extend(_in_template(path))
    for path in sorted(templates.rglob("*.js")):
        uses.sentences.extend(_in_script(path))
    return uses


def _read_calls(tree: ast.Module, where: str, uses: Uses) -> set[int]:
    """Codes in direct calls, with their parameters; returns the ids of the nodes that were read."""
    read: set[int] = set()
    for _, call in _calls(tree):
        if not _last_name(call.func).endswith("texts") or not call.args:
            continue
        for node in _branches(call.args[0]):
            code = _code(node)
            if code is not None:
                read.add(id(node))
                uses.sentences.append(Use(code, _keywords(call, frozenset()), f"{where}:{call.lineno}"))
    return read


def _read_strings(
    tree: ast.Module, where: str, tables: Collection[str], direct: Collection[int], uses: Uses
) -> None:
    """Codes that are handed on to a call elsewhere."""
    pieces: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            pieces.update(map(id, node.values))
    for node in ast.walk(tree):
        code = _code(node)
        if code is None or id(node) in pieces:
            continue
        uses.constants.add(code)
        if id(node) not in direct and code.partition(".")[0] in tables and _is_code(code):
            uses.sentences.append(Use(code, None, f"{where}:{getattr(node, 'lineno', 0)}"))


def _is_code(text: str) -> bool:
    plain = re.sub(r"\{[^}]*\}", "x", text)
    return bool(_CODE.fullmatch(plain)) and plain.rpartition(".")[2] not in _FILE_ENDINGS


def _code(node: ast.AST) -> str | None:
    """The text of a string, with put-in expressions in braces; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_code(piece) or f"{{{_inside(piece)}}}" for piece in node.values)
    return None


def _inside(piece: ast.expr) -> str:
    assert isinstance(piece, ast.FormattedValue)
    return ast.unparse(piece.value)


def _branches(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from _branches(node.body)
        yield from _branches(node.orelse)
    else:
        yield node


def _find_builders(modules: dict[Path, ast.Module]) -> dict[tuple[Path | None, str], _Builder]:
    """Functions and classes that hand a parameter of theirs on as a code; private ones by module."""
    builders: dict[tuple[Path | None, str], _Builder] = {(None, name): root for name, root in _ROOTS.items()}
    found = -1
    while found != len(builders):
        found = len(builders)
        for path, tree in modules.items():
            for owner, function in _functions(tree):
                name = owner if function.name == "__init__" else function.name
                key = (path if name.startswith("_") else None, name)
                builder = _as_builder(function, bool(owner), builders, path)
                if builder is not None and name not in _ROOTS:
                    builders.setdefault(key, builder)
    return builders


def _as_builder(
    function: Function, is_method: bool, builders: dict[tuple[Path | None, str], _Builder], path: Path
) -> _Builder | None:
    names = [each.arg for each in (*function.args.posonlyargs, *function.args.args)][is_method:]
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        called = _builder_called(call, builders, path)
        handed = _code_argument(call, called) if called else None
        if called and isinstance(handed, ast.Name) and handed.id in names:
            named = frozenset(names) | {each.arg for each in function.args.kwonlyargs}
            return _Builder(called.kind, names.index(handed.id), named, function.args.kwarg is not None)
    return None


def _builder_called(
    call: ast.Call, builders: dict[tuple[Path | None, str], _Builder], path: Path
) -> _Builder | None:
    name = _last_name(call.func)
    return builders.get((path, name)) or builders.get((None, name))


def _read_building(
    function: Function | None, call: ast.Call, builder: _Builder, where: str, uses: Uses
) -> None:
    argument = _code_argument(call, builder)
    if argument is None:
        return
    if builder.takes_params:
        params = _keywords(call, builder.named)
    elif builder in _ROOTS.values():
        params = _dict_keys(_params_argument(call), function)
    else:
        params = None
    for code in _possible(argument, function):
        uses.of(builder.kind).append(Use(code, params, where))


def _code_argument(call: ast.Call, builder: _Builder) -> ast.expr | None:
    by_name = next((each.value for each in call.keywords if each.arg == "code"), None)
    return by_name or (call.args[builder.place] if len(call.args) > builder.place else None)


def _params_argument(call: ast.Call) -> ast.expr | None:
    by_name = next((each.value for each in call.keywords if each.arg == "params"), None)
    return by_name or (call.args[1] if len(call.args) > 1 else ast.Dict(keys=[], values=[]))


def _possible(node: ast.expr | None, function: Function | None) -> Iterator[str]:
    """Every string that an expression may be, as far as it is written in this function."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp():
            yield from (code for branch in _branches(node) for code in _possible(branch, function))
        case ast.Dict():
            yield from (code for value in node.values for code in _possible(value, function))
        case ast.Call(func=ast.Attribute(value=mapping, attr="get")):
            yield from _possible(mapping, function)
            yield from (code for value in node.args[1:] for code in _possible(value, function))
        case ast.Name():
            yield from (code for value in _assigned(node.id, function) for code in _possible(value, function))


def _assigned(name: str, function: Function | None) -> Iterator[ast.expr]:
    for node in ast.walk(function) if function else ():
        match node:
            case ast.Assign(targets=[ast.Name(id=target)]) if target == name:
                yield node.value
            case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value) if target == name:
                yield value


def _dict_keys(node: ast.expr | None, function: Function | None) -> frozenset[str] | None:
    if isinstance(node, ast.Name):
        node = next(_assigned(node.id, function), None)
    if not isinstance(node, ast.Dict):
        return None
    keys = [each.value for each in node.keys if isinstance(each, ast.Constant)]
    return frozenset(map(str, keys)) if len(keys) == len(node.keys) else None


def _keywords(call: ast.Call, without: frozenset[str]) -> frozenset[str] | None:
    names = [each.arg for each in call.keywords]
    if None in names:
        return None
    return frozenset(name for name in names if name) - without


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _functions(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    """Every function, with the name of its class ("" outside of one)."""
    methods: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for each in node.body:
                if isinstance(each, Function):
                    methods.add(id(each))
                    yield node.name, each
        elif isinstance(node, Function) and id(node) not in methods:
            yield "", node


def _calls(tree: ast.Module) -> Iterator[tuple[Function | None, ast.Call]]:
    """Every call with the innermost function around it."""
    around: dict[int, Function] = {}
    for _, function in _functions(tree):
        around.update((id(node), function) for node in ast.walk(function))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield around.get(id(node)), node


def _in_template(path: Path) -> Iterator[Use]:
    text = path.read_text(encoding="utf-8")
    for call in _IN_TEMPLATE.finditer(text):
        code = call[1] + (f"{{{call[2]}}}" if call[2] else "")
        params = frozenset(_TEMPLATE_PARAMETER.findall(call[3]))
        yield Use(code, params, f"{path.name}:{text.count(chr(10), 0, call.start()) + 1}")


def _in_script(path: Path) -> Iterator[Use]:
    """Codes in strings; their parameters where ``say`` is called with them."""
    text = path.read_text(encoding="utf-8")
    for code in _IN_SCRIPT.finditer(text):
        said = _SAID.search(text, 0, code.start()) is not None
        params = None
        if said:
            written = (code[2] or "").split(",")
            params = frozenset(each.partition(":")[0].strip() for each in written if each.strip())
        where = f"{path.name}:{text.count(chr(10), 0, code.start()) + 1}"
        yield Use(code[1].replace("${", "{"), params, where)
