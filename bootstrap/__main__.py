"""
Set-up on a machine with Python and nothing else of ours: `python3 -m bootstrap run|test|all`.

Standard library only. Each step leaves a stamp with the digest of what it was made from, so
a second call takes no time and a half-finished one goes on where it stopped.
"""

import sys

if sys.version_info < (3, 11):
    # Older Pythons must be able to read this far.
    sys.stderr.write(
        "medspiller: Python 3.11 or newer is needed, and this is %s: install it and run make PYTHON=python3.11.\n"
        % sys.version.split()[0]
    )
    sys.exit(2)

from bootstrap import steps


def main(wanted: str) -> None:
    """Do what is missing for running, for testing, or for both. Exits with 2 and one line if it cannot."""
    testing = wanted in {"test", "all"}
    try:
        steps.check_folder()
        # What the system brings comes before any PostgreSQL starts: an update of shared libraries would restart it.
        if testing:
            steps.chromium()
        steps.pango()
        steps.python(testing=testing)
        steps.node_packages()
        steps.postgresql()
        steps.static_files()
    except steps.SetupError as fault:
        _give_up(str(fault))
    except OSError as fault:
        _give_up(f"Set-up cannot go on: {fault.strerror} ({fault.filename}). Mend it and run make again.")
    except KeyboardInterrupt:
        _give_up("Set-up was interrupted; the next make goes on from here.")


def _give_up(why: str) -> None:
    print(f"medspiller: {why}", file=sys.stderr)
    sys.exit(2)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "all")
