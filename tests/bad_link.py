"""A bad radio link for tests: a TCP proxy that cuts connections after random numbers of bytes.

It stands at one address as long as it lives, so a browser sees one origin, whether the port is
open, closed, or open and bad.
"""

from __future__ import annotations

import random
import selectors
import socket
import struct
import threading

PIECE = 16 * 1024
RESET = struct.pack("ii", 1, 0)
"""SO_LINGER of zero seconds: closing throws away what is on the way and resets the connection."""


class BadLink:
    """Forwards to a port of this machine; `with BadLink(port, seed=1) as link: link.port`.

    A connection is cut after `shortest` to `longest` bytes, counted over both directions, while
    the link is bad; `share` of the connections get through unharmed. The seed gives the numbers.
    """

    def __init__(self, target, *, seed, shortest=200, longest=400_000, share=0.25):
        self.target = target
        self.rng = random.Random(seed)
        self.bounds = shortest, longest
        self.share = share
        self.is_bad = False
        self.cuts = 0
        self.cut_answers = 0
        self.port = 0
        self._listener = None
        self._open = set()
        self._lock = threading.Lock()

    def __enter__(self):
        self.open_port()
        return self

    def __exit__(self, *_reason):
        self.close_port()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def open_port(self, *, bad=False):
        """Listen at the address of before; connections are cut when `bad`."""
        self.is_bad = bad
        if self._listener is not None:
            return
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen(64)
        self.port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def close_port(self):
        """Refuse new connections and reset those that are open: nobody is there any more."""
        listener, self._listener = self._listener, None
        if listener is not None:
            # Only a shutdown wakes the thread that waits in accept.
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        with self._lock:
            pairs = list(self._open)
        for pair in pairs:
            self._reset(pair)

    def _accept(self, listener):
        while True:
            try:
                phone, _address = listener.accept()
            except OSError:
                return
            with self._lock:
                left = self._bytes_left()
            threading.Thread(target=self._forward, args=(phone, left), daemon=True).start()

    def _bytes_left(self):
        """How many bytes a new connection may carry; None for a good one."""
        if not self.is_bad or self.rng.random() < self.share:
            return None
        shortest, longest = self.bounds
        return int(shortest * (longest / shortest) ** self.rng.random())

    def _forward(self, phone, left):
        try:
            server = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            phone.close()
            return
        pair = phone, server
        with self._lock:
            self._open.add(pair)
        cut = True
        try:
            cut = self._carry(phone, server, left)
        except OSError:
            pass
        finally:
            with self._lock:
                self._open.discard(pair)
            if cut:
                self._reset(pair)
            for end in pair:
                end.close()

    def _carry(self, phone, server, left):
        """Forward until one end closes, or until the bytes are used up; return whether cut."""
        with selectors.DefaultSelector() as ready:
            ready.register(phone, selectors.EVENT_READ, server)
            ready.register(server, selectors.EVENT_READ, phone)
            while True:
                for key, _events in ready.select():
                    piece = key.fileobj.recv(PIECE if left is None else min(PIECE, left))
                    if not piece:
                        return False
                    key.data.sendall(piece)
                    if left is None:
                        continue
                    left -= len(piece)
                    if left <= 0:
                        self._count(is_answer=key.fileobj is server)
                        return True

    def _count(self, *, is_answer):
        with self._lock:
            self.cuts += 1
            self.cut_answers += is_answer

    def _reset(self, pair):
        """Let both ends lose what is under way and find the connection reset."""
        for end in pair:
            try:
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
