"""What keeps secrets out of the log (ASVS 5.0 V16.2.5)."""

import logging
import re

# Links of invitations and of what is saved have their secret in the path, and Django writes the path of every request
# that it refuses.
_SECRET_IN_PATH = re.compile(r"(/(?:invitasjon|lagret|plass)/+)[^/\s?]+", re.IGNORECASE)
_MASKED = r"\1***"


class WithoutSecrets(logging.Filter):
    """
    Mask the secret part of paths in what is logged, whoever logs it.

    Set on handlers, not on loggers: a logger's filter does not see what the loggers below it
    write, as all of `django.security.*` do. The record itself is changed, so that no handler
    after this one has the secret either.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without secrets."""
        said = record.getMessage()
        masked = _SECRET_IN_PATH.sub(_MASKED, said)
        if masked != said:
            record.msg, record.args = masked, ()
        return True
