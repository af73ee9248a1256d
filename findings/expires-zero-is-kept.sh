#!/usr/bin/env bash
# The headers by which pixels have long said "do not keep me", "Expires: 0" and "Pragma: no-cache", through Varnish as it is
# shipped, and through nginx, which keeps for a minute what says nothing: five loads each.
# Guess: five reach the server. What is no date has expired (RFC 9111, 5.3), and so has the first instant of 1970.
# Seen: nginx asks each time. Varnish reads "0", "-1" and that instant as if there were no Expires, and keeps the answer for
# its default of two minutes; Pragma it does not look at. A second later in 1970, or any Cache-Control that forbids, is heeded.
# Exits with an error if that changes. Needs Debian's varnish, nginx and python3; loopback only.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
python3 - "$work" <<'PYTHON'
import http.client, http.server, socket, subprocess, sys, threading, time
work = sys.argv[1]
epoch = 'Thu, 01 Jan 1970 00:00:0%d GMT'
cases = { # path: headers, loads that reach the server through Varnish
    '/zero': ({'Expires': '0'}, 1),
    '/zero-and-pragma': ({'Expires': '0', 'Pragma': 'no-cache'}, 1),
    '/minus': ({'Expires': '-1'}, 1),
    '/1970': ({'Expires': epoch % 0}, 1),
    '/1970-and-a-second': ({'Expires': epoch % 1}, 5),
    '/no-store': ({'Expires': '0', 'Cache-Control': 'no-store'}, 5),
}
arrived = {}

class Server(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def log_message(self, *_): pass
    def do_GET(self):
        arrived[self.path] = arrived.get(self.path, 0) + 1
        self.send_response(200)
        for name, value in cases[self.path][0].items(): self.send_header(name, value)
        self.send_header('Content-Length', '1')
        self.end_headers()
        self.wfile.write(b'x')

server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()

def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]

def loads(command, port):
    arrived.clear()
    cache = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try: socket.create_connection(('127.0.0.1', port)).close(); break
            except OSError: time.sleep(0.1)
        for path in cases:
            for _ in range(5):
                client = http.client.HTTPConnection('127.0.0.1', port, timeout=30)
                client.request('GET', path)
                client.getresponse().read()
                client.close()
    finally:
        cache.terminate()
        cache.wait()
    return dict(arrived)

for name, flag in ('varnishd', '-V'), ('nginx', '-v'):
    print(subprocess.run([name, flag], capture_output=True, text=True).stderr.splitlines()[0])
port = free_port()
varnish = loads(['varnishd', '-F', '-n', f'{work}/varnish', '-a', f'127.0.0.1:{port}', '-b', f'127.0.0.1:{server.server_port}', '-s', 'malloc,16m'], port)
port = free_port()
with open(f'{work}/nginx.conf', 'w') as f:
    f.write(f'''daemon off; master_process off; pid {work}/nginx.pid; error_log {work}/nginx.log;
events {{}}
http {{
  access_log off;
  proxy_cache_path {work}/kept keys_zone=z:1m;
  server {{
    listen 127.0.0.1:{port};
    location / {{ proxy_pass http://127.0.0.1:{server.server_port}; proxy_cache z; proxy_cache_valid 200 60s; }}
  }}
}}''')
nginx = loads(['nginx', '-c', f'{work}/nginx.conf'], port)
wrong = 0
for path, (headers, expected) in cases.items():
    print(f'{headers}: of 5 reach the server by Varnish {varnish[path]} (expected: {expected}), by nginx {nginx[path]} (expected: 5)')
    wrong |= (varnish[path], nginx[path]) != (expected, 5)
sys.exit(wrong)
PYTHON
# 2026-11-28, Debian 12: varnish 7.1.1: 1, 1, 1, 1, 5, 5; nginx 1.22.1: 5 each.
