#!/usr/bin/env bash
# An answer that may be kept for 2 s and says that it is 100 s old ("Age: 100"), as one comes out of another cache, through
# nginx and Varnish: three loads, the last after 1 s.
# Guess: all three reach the server, since the answer is long out of date; nobody may pass it on without asking.
# Seen: Varnish asks each time. nginx does not look at Age: it keeps the answer for the whole 2 s more, and sends it on with the
# old Age. So with one cache behind the other a file lives for the sum of both times, and a changed page script is late by it.
# Exits with an error if that changes. Needs Debian's nginx, varnish and python3; loopback only.
set -euo pipefail

work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
python3 - "$work" <<'PYTHON'
import http.client, http.server, socket, subprocess, sys, threading, time
work, arrived = sys.argv[1], []

class Server(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def log_message(self, *_): pass
    def do_GET(self):
        arrived.append(time.monotonic())
        self.send_response(200)
        self.send_header('Cache-Control', 'public, max-age=2')
        self.send_header('Age', '100')
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
    ages = []
    cache = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try: socket.create_connection(('127.0.0.1', port)).close(); break
            except OSError: time.sleep(0.1)
        for pause in 0, 0, 1:
            time.sleep(pause)
            client = http.client.HTTPConnection('127.0.0.1', port, timeout=30)
            client.request('GET', '/pixel.js')
            answer = client.getresponse()
            answer.read()
            ages.append(answer.getheader('Age'))
            client.close()
    finally:
        cache.terminate()
        cache.wait()
    return len(arrived), ages[-1]

port = free_port()
with open(f'{work}/nginx.conf', 'w') as f:
    f.write(f'''daemon off; master_process off; pid {work}/nginx.pid; error_log {work}/nginx.log;
events {{}}
http {{
  access_log off;
  proxy_cache_path {work}/kept keys_zone=z:1m;
  server {{
    listen 127.0.0.1:{port};
    location / {{ proxy_pass http://127.0.0.1:{server.server_port}; proxy_cache z; }}
  }}
}}''')
nginx = loads(['nginx', '-c', f'{work}/nginx.conf'], port)
port = free_port()
varnish = loads(['varnishd', '-F', '-n', f'{work}/varnish', '-a', f'127.0.0.1:{port}', '-b', f'127.0.0.1:{server.server_port}', '-s', 'malloc,16m'], port)
for name, flag in ('nginx', '-v'), ('varnishd', '-V'):
    print(subprocess.run([name, flag], capture_output=True, text=True).stderr.splitlines()[0])
print(f'nginx: {nginx[0]} of 3 reach the server (expected: 1), the last one said Age: {nginx[1]} (expected: 100)')
print(f'Varnish: {varnish[0]} of 3 reach the server (expected: 3)')
sys.exit(nginx != (1, '100') or varnish[0] != 3)
PYTHON
# 2026-11-28, Debian 12: nginx 1.22.1: 1 of 3, Age: 100; varnish 7.1.1: 3 of 3.
