#!/usr/bin/env bash
# An answer with "Cache-Control: no-store", and beside it a Surrogate-Control, through Varnish as it is shipped: five loads.
# Guess: five reach the server; "Surrogate-Control: max-age=0", too, says that nothing may be kept.
# Seen: with any Surrogate-Control but one with no-store, an empty one too, one reaches the server: Varnish then passes over
# the Cache-Control's no-store and private, reads no max-age in the other header, and keeps the answer for its default of
# two minutes. With max-age=0 in the Cache-Control all five do. A header that is to keep caches away invites one.
# Exits with an error if that changes. Needs Debian's varnish and python3; loopback only.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 - "$work" <<'PYTHON'
import http.client, http.server, socket, subprocess, sys, threading, time
cases = { # path: Cache-Control, Surrogate-Control, loads that reach the server
    '/alone': ('no-store', None, 5),
    '/zero': ('no-store', 'max-age=0', 1),
    '/empty': ('no-store', '', 1),
    '/private': ('private', 'max-age=0', 1),
    '/says-so': ('no-store', 'no-store', 5),
    '/both': ('no-store, max-age=0', 'max-age=0', 5),
}
arrived = dict.fromkeys(cases, 0)

class Server(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def log_message(self, *_): pass
    def do_GET(self):
        arrived[self.path] += 1
        cache, surrogate, _ = cases[self.path]
        self.send_response(200)
        self.send_header('Cache-Control', cache)
        if surrogate is not None: self.send_header('Surrogate-Control', surrogate)
        self.send_header('Content-Length', '1')
        self.end_headers()
        self.wfile.write(b'x')

server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
with socket.socket() as s:
    s.bind(('127.0.0.1', 0))
    port = s.getsockname()[1]
print(subprocess.run(['varnishd', '-V'], capture_output=True, text=True).stderr.splitlines()[0])
varnish = subprocess.Popen(['varnishd', '-F', '-n', f'{sys.argv[1]}/varnish', '-a', f'127.0.0.1:{port}', '-b', f'127.0.0.1:{server.server_port}', '-s', 'malloc,16m'],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    for _ in range(300):
        try: socket.create_connection(('127.0.0.1', port)).close(); break
        except OSError: time.sleep(0.1)
    wrong = 0
    for path, (cache, surrogate, expected) in cases.items():
        for _ in range(5):
            client = http.client.HTTPConnection('127.0.0.1', port, timeout=30)
            client.request('GET', path)
            client.getresponse().read()
            client.close()
        print(f'Cache-Control: {cache}; Surrogate-Control: {surrogate}: {arrived[path]} of 5 reach the server (expected: {expected})')
        wrong |= arrived[path] != expected
finally:
    varnish.terminate()
    varnish.wait()
sys.exit(wrong)
PYTHON
# 2026-11-28, Debian 12: varnish 7.1.1: 5, 1, 1, 1, 5, 5.
