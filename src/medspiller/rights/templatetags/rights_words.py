"""Words of the law on pages."""

from django import template

from medspiller.rights.domain import laws

register = template.Library()
register.filter("in_full", laws.in_full)
