"""
How pages look: layouts, components, formats, error pages, language and appearance.

Pages of all apps extend `ui/public.html`, `ui/carer.html`, `ui/staff.html` or `ui/print.html` and use the tags and
filters of `templatetags/ui.py`, which every template has without loading. Classes and `data-` attributes of
Designsystemet stand in `templates/ui/` only. Knows no other app but `core`.
"""
