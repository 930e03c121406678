"""A client of `known-failures serve`, on the standard library alone.

    python3 known_failures.py http://127.0.0.1:7357 failures.jsonl

prints the verdict of each failure of the file, and how many are known. The token, if the server has one, is in KNOWN_FAILURES_TOKEN.
"""

import http.client
import json
import os
import sys
import urllib.parse
from itertools import islice

# The server reads no more while this many answers are not read yet. A client that sends first and reads then must stay below that.
LINES_PER_REQUEST = 2000


class KnownFailures:
    """One connection, kept open. For several threads make one each."""

    def __init__(self, url, token=None, timeout=30):
        parts = urllib.parse.urlsplit(url)
        connect = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self.connection = connect(parts.netloc, timeout=timeout)
        self.headers = {"authorization": f"Bearer {token}"} if token else {}

    def classify(self, test, error):
        """The verdict of one failure, as a dictionary."""
        return json.loads(self._ask("/classify", json.dumps({"test": test, "error": error}).encode()))

    def classify_all(self, failures):
        """The verdicts of many failures ({"test": ..., "error": ...} each), in their order, while they are read."""
        failures = iter(failures)
        while batch := list(islice(failures, LINES_PER_REQUEST)):
            body = b"".join(json.dumps(failure).encode() + b"\n" for failure in batch)
            for line in self._ask("/classify-all", body).splitlines():
                yield json.loads(line)

    def _ask(self, path, body):
        try:
            self.connection.request("POST", path, body, self.headers)
            response = self.connection.getresponse()
            answer = response.read()
        except (OSError, http.client.HTTPException):
            # the next request connects again
            self.connection.close()
            raise
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status} {answer.decode(errors='replace').strip()}")
        return answer


def main(url, path):
    client = KnownFailures(url, os.environ.get("KNOWN_FAILURES_TOKEN"))
    with open(path, encoding="utf-8") as lines:
        first = json.loads(lines.readline())
        print(json.dumps(client.classify(first.get("test"), first["error"])))
        lines.seek(0)
        known = total = 0
        for verdict in client.classify_all(map(json.loads, lines)):
            total += 1
            known += verdict["status"] == "Broken"
    print(f"{known} of {total} failures are known")


if __name__ == "__main__":
    main(*sys.argv[1:])
