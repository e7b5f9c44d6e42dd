"""The modules of the library, and what each of them imports."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = "ccpcr_lib"
MODULES = sorted(path for path in (ROOT / PACKAGE).rglob("*.py") if path != ROOT / PACKAGE / "__init__.py")


def dotted(path: Path) -> str:
    """``ccpcr_lib/model/period.py`` → ``ccpcr_lib.model.period``; a folder keeps its ``__init__``."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def folder(path: Path) -> str:
    """The folder of the house that a module stands in."""
    return path.relative_to(ROOT / PACKAGE).parts[0]


def imported(node: ast.AST, module: str) -> Iterator[str]:
    """Everything that one statement of `module` imports, as full dotted names."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        home = module.split(".")[: -node.level] if node.level else []
        yield from (".".join(filter(None, [*home, node.module, alias.name])) for alias in node.names)
