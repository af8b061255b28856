"""Replay recorded exchanges with a real Logto against the in-memory one, a fresh server for each recording.

Usage: replay.py SERVER COMPARE RECORDINGS PATTERN...

SERVER is the built in-memory Logto, COMPARE the program that replays one recording, RECORDINGS the folder of recordings.
A PATTERN is a path below /api, with * for one segment and ** at the end for the rest: differences elsewhere are counted
and passed over. Exits with 1 when an operation that a pattern names differs.
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
DIFFERENCE = re.compile(r"^DIFF \S+: [A-Z]+ /api/([^?]*)")


def covers(pattern, path):
    want, have = pattern.split("/"), path.strip("/").split("/")
    if want[-1] == "**":
        want, have = want[:-1], have[: len(want) - 1]
    return len(want) == len(have) and all(w in ("*", h) for w, h in zip(want, have))


def token(env):
    login = base64.b64encode(f"{env['LOGTO_APP_ID']}:{env['LOGTO_APP_SECRET']}".encode()).decode()
    form = urllib.parse.urlencode({"grant_type": "client_credentials", "resource": RESOURCE, "scope": "all"})
    request = urllib.request.Request(env["LOGTO_ENDPOINT"] + "/oidc/token", form.encode(), {"Authorization": "Basic " + login})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["access_token"]


def replay(server, compare, recording, patterns):
    """Return the lines that tell of differences in what the patterns cover, and how many others there are."""
    with subprocess.Popen([server, "-addr", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True) as process:
        try:
            env = dict(process.stdout.readline().removeprefix("export ").strip().split("=", 1) for _ in range(3))
            run = subprocess.run([sys.executable, compare, env["LOGTO_ENDPOINT"], token(env), recording],
                                 stdout=subprocess.PIPE, text=True)
        finally:
            process.terminate()
    if run.returncode not in (0, 1) or " matched, " not in run.stdout:
        sys.exit(f"{recording.name}: the replay broke off\n{run.stdout}")
    lines, others, ours = [], 0, False
    for line in run.stdout.splitlines()[:-1]:
        if line.startswith("DIFF "):
            ours = any(covers(p, DIFFERENCE.match(line)[1]) for p in patterns)
            others += not ours
        if ours:
            lines.append(line)
    print(f"{recording.name}: {run.stdout.splitlines()[-1]}, {others} of them not covered yet")
    return lines


def main():
    server, compare, recordings, patterns = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]), sys.argv[4:]
    lines = [line for r in sorted(recordings.glob("*.json")) for line in replay(server, compare, r, patterns)]
    print("\n".join(lines) or "no difference in what is covered")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
