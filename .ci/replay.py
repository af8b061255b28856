"""Replay recorded exchanges with a real Logto against the in-memory one, a fresh server for each recording.

Usage: replay.py SERVER COMPARE RECORDINGS PATTERN...

SERVER is the built in-memory Logto, COMPARE the program that replays one recording, RECORDINGS the folder of recordings.
A PATTERN is METHOD/path of an operation that may differ, the path below /api and with * for one segment. Exits with 1 when
any other operation differs.
"""
import base64
import json
import pathlib
import re
import subprocess
import sys
import urllib.parse
import urllib.request

RESOURCE = "https://default.logto.app/api"
DIFFERENCE = re.compile(r"^DIFF \S+: ([A-Z]+) /api(/[^?]*)")


def may_differ(line, patterns):
    operation = "".join(DIFFERENCE.match(line).groups()).rstrip("/").split("/")
    names = [p.split("/") for p in patterns]
    return any(len(n) == len(operation) and all(x in ("*", y) for x, y in zip(n, operation)) for n in names)


def token(env):
    login = base64.b64encode(f"{env['LOGTO_APP_ID']}:{env['LOGTO_APP_SECRET']}".encode()).decode()
    form = urllib.parse.urlencode({"grant_type": "client_credentials", "resource": RESOURCE, "scope": "all"})
    request = urllib.request.Request(env["LOGTO_ENDPOINT"] + "/oidc/token", form.encode(), {"Authorization": "Basic " + login})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["access_token"]


def replay(server, compare, recording, patterns):
    """Return the lines that tell of differences that may not be."""
    with subprocess.Popen([server, "-addr", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True) as process:
        try:
            env = dict(process.stdout.readline().removeprefix("export ").strip().split("=", 1) for _ in range(3))
            run = subprocess.run([sys.executable, compare, env["LOGTO_ENDPOINT"], token(env), recording],
                                 stdout=subprocess.PIPE, text=True)
        finally:
            process.terminate()
    if run.returncode not in (0, 1) or " matched, " not in run.stdout:
        sys.exit(f"{recording.name}: the replay broke off\n{run.stdout}")
    lines, shown, passed = [], False, 0
    for line in run.stdout.splitlines()[:-1]:
        if line.startswith("DIFF "):
            shown = not may_differ(line, patterns)
            passed += not shown
        if shown:
            lines.append(line)
    print(f"{recording.name}: {run.stdout.splitlines()[-1]}, {passed} that may")
    return lines


def main():
    server, compare, recordings, patterns = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]), sys.argv[4:]
    lines = [line for r in sorted(recordings.glob("*.json")) for line in replay(server, compare, r, patterns)]
    print("\n".join(lines) or "no other difference")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
