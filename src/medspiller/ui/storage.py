"""Where static files are kept and under which names they are served."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """
    Files named by their content and compressed, so that browsers may keep them for ever.

    Before static files are collected, as in tests and development, each is served under its plain name. A style
    sheet of a package that points to a file we did not take stays as it is.
    """

    manifest_strict = False
    # Source maps are not collected, and a script that names one is still whole.
    support_js_module_import_aggregation = False
    patterns = (
        (
            "*.css",
            (
                r"""(?P<matched>url\((?P<quote>['"]{0,1})\s*(?P<url>.*?)(?P=quote)\))""",
                (
                    r"""(?P<matched>@import\s*["']\s*(?P<url>.*?)["'])""",
                    """@import url("%(url)s")""",
                ),
            ),
        ),
    )

    def stored_name(self, name: str) -> str:
        if not self.hashed_files:
            return name
        return super().stored_name(name)
