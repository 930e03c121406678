"""Reads lines of a pattern and texts, each in hexadecimal UTF-16, and prints for each text whether Python finds the pattern in it: 1 or
0. E: it is no pattern of Python."""

import re
import sys
import warnings


def decode(hexadecimal):
    return bytes.fromhex(hexadecimal).decode("utf-16-be")


def judge(pattern, *texts):
    try:
        compiled = re.compile(decode(pattern))
        return "".join("1" if compiled.search(decode(text)) else "0" for text in texts)
    except (re.error, RuntimeError, SystemError):  # the last two are faults of Python's
        return "E"


warnings.simplefilter("ignore")
for line in sys.stdin:
    print(judge(*line.rstrip("\n").split("\t")))
