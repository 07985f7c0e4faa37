"""What a command says when it cannot do what was asked."""


class CommandError(Exception):
    """Wrong use, unreadable input or something missing: one line for the person, exit status 2."""


class Refused(Exception):
    """The answer is negative: exit status 1, with `answer` on standard output."""

    def __init__(self, answer: object):
        self.answer = answer
        super().__init__(str(answer))
