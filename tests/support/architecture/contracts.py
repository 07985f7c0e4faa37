"""
Contracts that import-linter does not bring: where apps meet, plain-Python domain, heavy libraries.

They are registered and filled in under `[tool.importlinter]` in pyproject.toml.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import grimp
from importlinter import Contract, ContractCheck, fields, output
from importlinter.application import contract_utils


@dataclass(frozen=True, slots=True)
class _Link:
    importer: str
    imported: str


class _DirectImports(Contract):
    """A contract that judges each import by itself."""

    def illegal(self, graph: grimp.ImportGraph) -> Iterator[_Link]:
        raise NotImplementedError

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        removal = contract_utils.remove_ignored_imports_and_report(
            graph=graph,
            ignore_imports=getattr(self, "ignore_imports", None) or set(),
            unmatched_alerting=getattr(self, "unmatched_ignore_imports_alerting", contract_utils.AlertLevel.ERROR),
        )
        found = [
            f"{link.importer} imports {link.imported} (l. {_lines(graph, link)})"
            for link in sorted(self.illegal(graph), key=lambda link: (link.importer, link.imported))
        ]
        return ContractCheck(
            kept=not found,
            warnings=list(removal.warnings),
            ignored_import_count=removal.ignored_import_count,
            metadata={"found": found},
        )

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["found"]:
            output.print_error(f"- {line}", bold=False)
        output.new_line()
        contract_utils.render_broken_contract_guidance(self.broken_contract_guidance)  # type: ignore[attr-defined]


class AppsMeetContract(_DirectImports):
    """
    An app imports another only where that one receives others.

    `meeting_places` are the names of those modules or packages in every app; `free` are
    packages that are all meeting place. Tests may reach anywhere.
    """

    type_name = "apps_meet"

    root = fields.StringField()
    meeting_places = fields.SetField(subfield=fields.StringField())
    free = fields.SetField(subfield=fields.StringField())
    ignore_imports = fields.SetField(subfield=fields.ImportExpressionField(), required=False)
    unmatched_ignore_imports_alerting = fields.EnumField(
        contract_utils.AlertLevel, default=contract_utils.AlertLevel.ERROR
    )
    broken_contract_guidance = fields.TextField(required=False)

    def illegal(self, graph: grimp.ImportGraph) -> Iterator[_Link]:
        root, open_names, free = _text(self.root), _names(self.meeting_places), _names(self.free)
        for importer in sorted(graph.find_descendants(root)):
            if "tests" in importer.split("."):
                continue
            for imported in graph.find_modules_directly_imported_by(importer):
                place = imported.split(".")[1:] if imported.startswith(f"{root}.") else []
                if not place or place[0] in free or place[0] == importer.split(".")[1]:
                    continue
                if len(place) == 1 or place[1] not in open_names:
                    yield _Link(importer, imported)


class PlainDomainContract(_DirectImports):
    """
    Domain code imports the standard library, other domain code, and what is listed.

    `plain_modules` are held to the same rule, so nothing comes in through them. `impure`
    are modules of the standard library with a clock, a dice or a world behind them.
    """

    type_name = "plain_domain"

    root = fields.StringField()
    plain_modules = fields.SetField(subfield=fields.StringField())
    libraries = fields.SetField(subfield=fields.StringField())
    impure = fields.SetField(subfield=fields.StringField())
    broken_contract_guidance = fields.TextField(required=False)

    def illegal(self, graph: grimp.ImportGraph) -> Iterator[_Link]:
        for importer in sorted(graph.find_descendants(_text(self.root))):
            if self._is_plain(importer):
                for imported in graph.find_modules_directly_imported_by(importer):
                    if not self._may_be_imported(imported):
                        yield _Link(importer, imported)

    def _is_plain(self, module: str) -> bool:
        parts = module.split(".")
        return module in _names(self.plain_modules) or (len(parts) > 2 and parts[2] == "domain")

    def _may_be_imported(self, module: str) -> bool:
        top = module.split(".", maxsplit=1)[0]
        if top == _text(self.root):
            return self._is_plain(module)
        if top in sys.stdlib_module_names:
            return top not in _names(self.impure)
        return top in _names(self.libraries)


class OnlyImportedByContract(_DirectImports):
    """
    Named libraries are imported only where listed.

    `importers` are names of modules or packages directly inside an app.
    """

    type_name = "only_imported_by"

    root = fields.StringField()
    libraries = fields.SetField(subfield=fields.StringField())
    importers = fields.SetField(subfield=fields.StringField())
    broken_contract_guidance = fields.TextField(required=False)

    def illegal(self, graph: grimp.ImportGraph) -> Iterator[_Link]:
        for importer in sorted(graph.find_descendants(_text(self.root))):
            place = importer.split(".")[2:3]
            if place and place[0] in _names(self.importers) | {"tests"}:
                continue
            for imported in graph.find_modules_directly_imported_by(importer):
                if imported.split(".")[0] in _names(self.libraries):
                    yield _Link(importer, imported)


def _lines(graph: grimp.ImportGraph, link: _Link) -> str:
    details = graph.get_import_details(importer=link.importer, imported=link.imported)
    return ", ".join(str(detail["line_number"]) for detail in details)


def _names(field: Any) -> set[str]:
    return set(field)


def _text(field: Any) -> str:
    return str(field)
