"""What FHIR adds: extensions, values of elements, references, types; and the tree under an element."""

from typing import Any

from medspiller.questionnaires.domain.answering.expressions import model, values
from medspiller.questionnaires.domain.answering.expressions.errors import EvaluationFailed
from medspiller.questionnaires.domain.answering.expressions.functions.registry import plain
from medspiller.questionnaires.domain.answering.expressions.operators import answer
from medspiller.questionnaires.domain.answering.expressions.running import Run
from medspiller.questionnaires.domain.answering.expressions.values import Collection, Node

_PROFILES = "http://hl7.org/fhir/StructureDefinition/"


@plain("children")
def children(run: Run, items: Collection) -> Collection:
    found = [below for item in items if isinstance(item, Node) for below in values.all_children(item)]
    run.spend(len(found))
    return found


@plain("descendants")
def descendants(run: Run, items: Collection) -> Collection:
    found = []
    for below in values.descend(items):
        run.spend(1)
        found.append(below)
    return found


@plain("extension", 1)
def extension(run: Run, items: Collection, address: Collection) -> Collection:
    wanted = values.text(address, "extension")
    found = []
    for item in items:
        if isinstance(item, Node):
            for said in _extensions(item):
                if isinstance(said.data, dict) and said.data.get("url") == wanted:
                    found.append(said)
    return found


def _extensions(item: Node) -> Collection:
    beside = Node(item.extra, "Element", None, item) if isinstance(item.extra, dict) else None
    return values.children(item if isinstance(item.data, dict) or beside is None else beside, "extension")


@plain("hasValue")
def has_value(run: Run, items: Collection) -> Collection:
    return [len(items) == 1 and bool(get_value(run, items))]


@plain("getValue")
def get_value(run: Run, items: Collection) -> Collection:
    if len(items) != 1 or (isinstance(items[0], Node) and isinstance(items[0].data, dict)):
        return []
    return answer(values.plain(items[0]))


@plain("htmlChecks")
def html_checks(run: Run, items: Collection) -> Collection:
    return [True]


@plain("type")
def type_(run: Run, items: Collection) -> Collection:
    found = []
    for item in items:
        namespace, name = values.type_of(item)
        found.append(Node({"namespace": namespace, "name": name}, None))
    return found


@plain("conformsTo", 1)
def conforms_to(run: Run, items: Collection, profile: Collection) -> Collection:
    wanted = values.text(profile, "conformsTo")
    if not items or wanted is None:
        return []
    name = wanted.removeprefix(_PROFILES)
    if name not in model.type_names():
        raise EvaluationFailed(f"conformsTo: the profile {wanted} is not known here")
    return [
        all(isinstance(item, Node) and item.type is not None and model.is_kind_of(item.type, name) for item in items)
    ]


@plain("memberOf", 1)
def member_of(run: Run, items: Collection, value_set: Collection) -> Collection:
    raise EvaluationFailed("memberOf: there is no terminology server here")


@plain("resolve")
def resolve(run: Run, items: Collection) -> Collection:
    """References are followed inside the resource and inside the bundle it came in, nowhere else."""
    found = []
    for item in items:
        address = item.data.get("reference") if isinstance(item, Node) and isinstance(item.data, dict) else None
        address = address if address is not None else values.plain(item)
        if isinstance(address, str):
            found += _resolved(run, item, address)
    return found


def _resolved(run: Run, item: Any, address: str) -> Collection:
    roots = [root for name in ("resource", "rootResource") if run.has(name) for root in run.variable(name)]
    for root in roots:
        if not isinstance(root, Node) or not isinstance(root.data, dict):
            continue
        contained = values.children(root, "contained") if address.startswith("#") else []
        entries = values.children(root, "entry") if not address.startswith("#") else []
        run.spend(len(contained) + len(entries))
        for resource in contained:
            if isinstance(resource.data, dict) and resource.data.get("id") == address[1:]:
                return [resource]
        for entry in entries:
            for resource in values.children(entry, "resource"):
                if address in {entry.data.get("fullUrl"), f"{resource.type}/{resource.data.get('id')}"}:
                    return [resource]
    return []
