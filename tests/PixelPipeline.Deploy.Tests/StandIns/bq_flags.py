"""Parses bq command lines with bq's own flags and argument lists, and calls nothing.

Run with the Python of the Google Cloud SDK: bq_flags.py SDK_ROOT < lines. Prints one line for each wrong command.
"""
import inspect
import os
import shlex
import sys

root = os.path.join(sys.argv[1], "platform", "bq")
sys.path[0:0] = [root, os.path.join(root, "third_party")]

import bq  # noqa: E402
from absl import flags  # noqa: E402
from pyglib import appcommands  # noqa: E402


def complaint(line):
    words = shlex.split(line.split(" < ")[0])
    flags.FLAGS.unparse_flags()
    rest = flags.FLAGS(words, known_only=False)[1:]
    command = appcommands.GetCommandByName(rest[0])
    if command is None:
        return "no such command: " + rest[0]
    flags.FLAGS.append_flag_values(command._command_flags)  # after the command, global flags are allowed too
    try:
        arguments = flags.FLAGS(rest)[1:]
    finally:
        flags.FLAGS.remove_flag_values(command._command_flags)
    inspect.signature(command.RunWithArgs).bind(*arguments)
    return None


flags.FLAGS.set_gnu_getopt(False)
flags.FLAGS(["bq"])
bq.main([])
for line in sys.stdin:
    try:
        error = complaint(line.strip())
    except Exception as wrong:  # whatever the parser says is the answer
        error = f"{type(wrong).__name__}: {wrong}"
    if error:
        print(f"{line.strip()}: {error}")
