"""
Set-up on a machine with Python and nothing else of ours: `python3 -m bootstrap run|test|all`.

Standard library only. Each step leaves a stamp with the digest of what it was made from, so
a second call takes no time and a half-finished one goes on where it stopped.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Medspiller needs Python 3.11 or newer; this is %s. Install python3.11 and run make again."
        % sys.version.split()[0]
    )

from bootstrap import steps


def main(wanted: str) -> None:
    """Do what is missing for running, for testing, or for both."""
    testing = wanted in {"test", "all"}
    try:
        steps.check_folder()
        if testing:
            # Before any PostgreSQL server starts: an update of shared libraries would restart it.
            steps.chromium()
        steps.python(testing=testing)
        steps.node_packages()
        steps.postgresql()
        steps.static_files()
    except steps.SetupError as fault:
        sys.exit(f"medspiller: {fault}")
    except KeyboardInterrupt:
        sys.exit("medspiller: set-up was interrupted; the next make goes on from here.")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "all")
