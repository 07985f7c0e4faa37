"""What import-linter cannot see keeps to the same stack: columns, migrations, templates, addresses, events."""

from pathlib import Path

import pytest
from django.apps import apps
from django.apps.config import AppConfig
from django.db import models
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.template.backends.django import get_installed_libraries

from medspiller.config import wiring
from tests.support.architecture import references
from tests.support.architecture.layers import Layers, UnknownPackage
from tests.support.architecture.references import Reference, against_the_stack
from tests.support.architecture.sources import PACKAGE, Source, sources, told

LAYERS = Layers.read()


def owner_of_module(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if parts[0] == "medspiller" and len(parts) > 1 else None


def owner_of_app(config: AppConfig) -> str | None:
    return owner_of_module(config.name)


def owner_of_label(label: str) -> str | None:
    try:
        return owner_of_app(apps.get_app_config(label))
    except LookupError:
        return None


def owner_of_library(name: str) -> str | None:
    return owner_of_module(get_installed_libraries().get(name, ""))


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if owner_of_app(model._meta.app_config)]


def upward(found) -> str:
    return told(against_the_stack(found, LAYERS))


def in_app(path: str, text: str) -> Source:
    return Source(PACKAGE / path, text)


class TestTheTree:
    def test_columns_point_downwards(self):
        assert upward(references.from_models(our_models(), owner_of_app)) == ""

    def test_migrations_wait_for_lower_apps_only(self):
        migrations = MigrationLoader(None).disk_migrations.values()

        assert upward(references.from_migrations(migrations, owner_of_label)) == ""

    def test_templates_name_lower_apps_only(self):
        found = [
            reference
            for source in sources(".html", ".txt", under=str(PACKAGE))
            for reference in references.from_template(source, packages=LAYERS.packages, libraries=owner_of_library)
        ]

        assert upward(found) == ""

    def test_python_names_lower_apps_only(self):
        tables = {model._meta.db_table for model in our_models()}
        found = [
            reference
            for source in sources(".py", under=str(PACKAGE))
            if not source.is_test
            for reference in references.from_python(source, packages=LAYERS.packages, tables=tables)
        ]

        assert upward(found) == ""

    def test_events_come_from_lower_apps_only(self):
        assert upward(references.from_subscriptions(wiring.SUBSCRIPTIONS)) == ""


class TestTheStack:
    stack = Layers.of(["house", "left | (right)", "ground"])

    @pytest.mark.parametrize(("user", "used"), [("house", "ground"), ("right", "ground"), ("left", "left")])
    def test_lets_a_package_use_what_lies_below_it_and_itself(self, user, used):
        assert self.stack.allows(user, used)

    @pytest.mark.parametrize(("user", "used"), [("ground", "house"), ("left", "right"), ("right", "house")])
    def test_refuses_what_lies_above_or_beside(self, user, used):
        assert not self.stack.allows(user, used)

    def test_knows_no_package_without_a_place(self):
        with pytest.raises(UnknownPackage):
            self.stack.height("newcomer")

    def test_is_read_from_the_contract(self):
        assert LAYERS.allows("portal", "core")
        assert not LAYERS.allows("core", "portal")
        assert not LAYERS.allows("audit", "ui")


def test_a_reference_upwards_is_told_with_both_apps_and_the_place():
    found = against_the_stack([Reference("core", "portal", "core/x.py", 7, "portal:front")], LAYERS)

    assert told(found) == "core/x.py:7: core refers to portal, which does not lie below it: portal:front"


def test_a_reference_to_what_is_not_ours_is_free():
    assert upward([Reference("core", "django", "core/x.py", 7, "…")]) == ""


class TestColumns:
    def model(self, name: str, app: str, **columns: models.Field) -> type[models.Model]:
        meta = type("Meta", (), {"app_label": app})
        return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, **columns})

    @pytest.fixture(autouse=True)
    def _forget(self):
        known = {label: dict(models_) for label, models_ in apps.all_models.items()}
        yield
        for label in list(apps.all_models):
            for name in set(apps.all_models[label]) - set(known.get(label, ())):
                del apps.all_models[label][name]
        apps.clear_cache()

    def test_catches_a_foreign_key_upwards(self):
        higher = self.model("PlantedHigher", "workbench")
        planted = self.model("PlantedLower", "core", other=models.ForeignKey(higher, models.CASCADE))

        found = list(references.from_models([planted], owner_of_app))

        assert [(reference.user, reference.used) for reference in found] == [("core", "workbench")]
        assert "core.PlantedLower.other" in upward(found)

    def test_catches_a_many_to_many_upwards(self):
        higher = self.model("PlantedHigher", "workbench")
        planted = self.model("PlantedLower", "core", others=models.ManyToManyField(higher))

        assert "core.PlantedLower.others" in upward(references.from_models([planted], owner_of_app))


class TestMigrations:
    def migration(self, **ties: list[tuple[str, str]]) -> Migration:
        return type("Planted", (Migration,), ties)("0001_planted", "core")

    def test_catches_a_dependency_upwards(self):
        planted = self.migration(dependencies=[("access", "0001_x"), ("contenttypes", "0001_initial")])

        found = upward(references.from_migrations([planted], owner_of_label))

        assert "core refers to access" in found
        assert "contenttypes" not in found

    def test_catches_one_that_makes_a_higher_app_wait(self):
        planted = self.migration(run_before=[("access", "0001_x")])

        assert "core refers to access" in upward(references.from_migrations([planted], owner_of_label))


class TestTemplates:
    def apps_named(self, text: str) -> set[str]:
        libraries = {"portal_words": "portal"}.get
        source = in_app("ui/templates/ui/planted.html", text)
        return {r.used for r in references.from_template(source, packages=LAYERS.packages, libraries=libraries)}

    @pytest.mark.parametrize(
        "text",
        [
            '{% include "portal/_door.html" %}',
            "{% include 'portal/_door.html' with door=door only %}",
            '{% extends "portal/front.html" %}',
            "{% url 'portal:front' %}",
            '<a href="{% url "portal:offer" offer.slug as there %}">',
            '{% static "portal/front.js" %}',
            "{% load i18n portal_words %}",
            "{% load door from portal_words %}",
        ],
    )
    def test_each_way_of_naming_another_app_is_caught(self, text):
        assert self.apps_named(text) == {"portal"}

    @pytest.mark.parametrize(
        "text",
        ['{% include "ui/button.html" %}', "{% url 'front' %}", "{% load i18n %}", "portal/front.html {{ x }}"],
    )
    def test_nothing_else_is(self, text):
        assert self.apps_named(text) <= {"ui"}

    def test_one_above_is_told_with_its_line(self):
        source = in_app("ui/templates/ui/planted.html", "<p>\n{% url 'portal:front' %}")

        found = references.from_template(source, packages=LAYERS.packages, libraries=lambda name: None)

        assert upward(found).startswith("src/medspiller/ui/templates/ui/planted.html:2: ui refers to portal")


class TestPython:
    def apps_named(self, text: str) -> set[str]:
        source = in_app("core/planted.py", text)
        found = references.from_python(source, packages=LAYERS.packages, tables={"access_user"})
        return {reference.used for reference in found}

    @pytest.mark.parametrize(
        ("text", "app"),
        [
            ("redirect('portal:front')", "portal"),
            ("reverse('portal:offer', args=[1])", "portal"),
            ("render(request, 'portal/front.html')", "portal"),
            ("template = f'{name}'; part = 'portal/front.html#doors'", "portal"),
            ("import_module('medspiller.portal.services')", "portal"),
            ("include('medspiller.portal.web.urls')", "portal"),
            ("app.configure_task('content.publish').defer()", "content"),
            ("apps.get_model('access', 'User')", "access"),
            ("cursor.execute('SELECT name FROM access_user WHERE id = 1')", "access"),
            ("ProtectTenantTable('x', references={'user_id': 'access_user'})", "access"),
        ],
    )
    def test_each_way_of_naming_another_app_is_caught(self, text, app):
        assert self.apps_named(text) == {app}

    @pytest.mark.parametrize(
        "text",
        ["'see the portal: it is open'", "'portal'", "'a/b.html'", "'django.contrib.auth'", "'access_userful'"],
    )
    def test_nothing_else_is(self, text):
        assert self.apps_named(text) == set()

    def test_code_outside_the_apps_may_name_all(self):
        source = Source(Path("bench/front.py"), "redirect('portal:front')")

        assert list(references.from_python(source, packages=LAYERS.packages)) == []


def test_a_subscription_to_a_higher_apps_event_is_caught():
    event = type("Planted", (), {"__module__": "medspiller.portal.domain.events"})

    def subscriber(event: object) -> None: ...

    subscriber.__module__ = "medspiller.content.subscribers"

    assert "content refers to portal" in upward(references.from_subscriptions([(event, subscriber)]))
