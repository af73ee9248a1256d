#!/usr/bin/env bash
# Five hits of one URL at once, each answered after 2 s with no-store: when does each reach the server?
# Guess: at once, as five URLs do; nothing may be stored, so nobody has to wait for anybody.
# Seen: Chromium sends each only when the one before is answered, so the fifth leaves after 8 s; Firefox sends the four
# others when the first is answered (once, on a busy machine, after 5 s). While they wait, the page may be left. Both
# caches hold a lock for each URL until they know whether its answer may be kept. A hit therefore needs a URL of its own,
# whatever its headers say.
# Exits with an error if that changes. Needs Debian's chromium, firefox-esr and python3; loopback only.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/seen.py" <<'PYTHON'
import http.server, subprocess, sys, threading, time
browser, own_urls, folder = sys.argv[1], sys.argv[2] == 'own', sys.argv[3]
arrivals, done = [], threading.Event()

class Server(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def log_message(self, *_): pass
    def do_GET(self):
        body = b'x'
        if self.path.startswith('/hit'):
            arrivals.append(time.monotonic())
            if len(arrivals) == 5: done.set()
            time.sleep(2)
        elif self.path == '/':
            url = "'/hit?' + i" if own_urls else "'/hit'"
            body = f"<!doctype html><title>t</title><script>for (let i = 0; i < 5; i++) fetch({url}, {{ keepalive: true }})</script>".encode()
        self.send_response(200)
        self.send_header('Content-Type', 'text/html')
        self.send_header('Cache-Control', 'no-store')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
page = f'http://127.0.0.1:{server.server_port}/'
command = {
    'chromium': ['chromium', '--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--remote-debugging-port=0', f'--user-data-dir={folder}/chromium', page],
    'firefox-esr': ['firefox-esr', '--headless', '--no-remote', '--profile', folder, page],
}[browser]
process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
done.wait(90)
process.kill()
print(' '.join(f'{at - arrivals[0]:.0f}' for at in arrivals))
PYTHON

wrong=0
# look BROWSER one|own EXPECTED: seconds at which the five hits reach the server.
look() {
  local seen
  mkdir -p "$work/$1-$2"
  seen=$(python3 "$work/seen.py" "$1" "$2" "$work/$1-$2")
  echo "$("$1" --version 2>/dev/null), $2 URL: hits after $seen s (expected: $3)"
  # shellcheck disable=SC2053 # a pattern
  [[ $seen == $3 ]] || wrong=1
}
look chromium one '0 2 4 6 8'
look chromium own '0 0 0 0 0'
look firefox-esr one '0 [25] [25] [25] [25]'
look firefox-esr own '0 0 0 0 0'
exit "$wrong"
# 2026-11-27, Debian 12: chromium 156.0.8078.108: one 0 2 4 6 8, own 0 0 0 0 0; firefox-esr 153.8.0: one 0 2 2 2 2 and
# 0 5 5 5 5, own 0 0 0 0 0.
