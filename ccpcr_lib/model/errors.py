"""What is wrong as a whole, so that nothing can be read: a file, or a table that is declared wrongly."""


class CannotReadError(Exception):
    """A file is none this project can read; the message says why and what to do (exit code 2).

    `reason` is the message without the name of the `file`, where it is about one.
    """

    def __init__(self, reason: str, *, file: str = "") -> None:
        self.reason, self.file = reason, file
        super().__init__(f"{file}: {reason}" if file else reason)


class UnknownNameError(KeyError):
    """A name that stands for nothing; the message says what there is, and the nearest of it."""

    def __str__(self) -> str:
        return str(self.args[0])


class DeclarationError(ValueError):
    """A table is declared in a way that makes no sense, by itself or with the lists that it is declared by."""
