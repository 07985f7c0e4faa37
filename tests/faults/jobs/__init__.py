"""An app that only an installation to be hurt has: an event whose subscriber takes its time."""
