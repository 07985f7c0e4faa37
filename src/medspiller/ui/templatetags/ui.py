"""
The components and formats of `ui`, known to every template without `{% load %}`.

Each is defined, with its inputs and what they mean, in the module of its kind under `ui/components/`.
"""

from django import template

from medspiller.ui.components import actions, answering, content, feedback, fields, formats, navigation, tables

register = template.Library()

for _kind in (actions, answering, content, feedback, fields, formats, navigation, tables):
    register.tags.update(_kind.register.tags)
    register.filters.update(_kind.register.filters)
