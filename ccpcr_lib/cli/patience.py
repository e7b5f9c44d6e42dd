"""Ctrl-C while the command itself is still being imported → one line, as soon as there are words for it."""

import signal


class Patience:
    """Keeps Ctrl-C within a ``with`` block, and ends the program in one line behind it."""

    def __enter__(self) -> None:
        """Take Ctrl-C over, where nobody else has."""
        self.is_asked = False
        self.has_taken = signal.getsignal(signal.SIGINT) is signal.default_int_handler
        if self.has_taken:
            try:
                signal.signal(signal.SIGINT, self._keep)
            except ValueError:  # not the main thread, which no Ctrl-C reaches
                self.has_taken = False

    def _keep(self, number: int, frame: object) -> None:
        self.is_asked = True

    def __exit__(self, *_: object) -> None:
        """Give Ctrl-C back; end the program if it came."""
        if self.has_taken:
            signal.signal(signal.SIGINT, signal.SIG_IGN if self.is_asked else signal.default_int_handler)
        if self.is_asked:
            from .stopping import end_stopped

            end_stopped()
