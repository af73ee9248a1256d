#!/usr/bin/env python3
"""Records how real servers write their access logs: record.py [SERVER…]

Starts each server on loopback, sends it the requests of requests.py and keeps the lines it wrote in tests/samples/real-servers/SERVER.log, with what
was sent in sent.json. `dotnet test tests/PixelPipeline.Tests --filter RealServer` then compares every field of every line with what was sent; the
differences that are the servers' own stand in differences.txt there. Not part of CI: it takes the servers from Debian (nginx apache2 lighttpd haproxy
varnish squid caddy h2o) and morgan, pino-http and fastify from npm. Names of servers that are not installed are told, and left out.
"""
import json, os, shutil, socket, subprocess, sys, tempfile, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from requests import REQUESTS, STRANGE, expected, to_bytes
from servers import SERVERS

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent.parent / 'tests/samples/real-servers'


def free_port():
    """A port that nothing listens on, on IPv4 and IPv6."""
    with socket.socket(socket.AF_INET6) as s:
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        s.bind(('::', 0))
        return s.getsockname()[1]


class Origin(BaseHTTPRequestHandler):
    """What stands behind the proxies: answers everything with one small image."""
    protocol_version = 'HTTP/1.1'

    def answer(self):
        self.rfile.read(int(self.headers.get('Content-Length') or 0))
        self.send_response(200)
        self.send_header('Content-Type', 'image/png')
        self.send_header('Content-Length', '3')
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(b'png')

    do_GET = do_HEAD = do_POST = do_OPTIONS = answer

    def log_message(self, *_):
        pass

    def handle(self):
        try:
            super().handle()
        except ConnectionError:
            pass  # a proxy that is done with the connection


def start_origin():
    server = ThreadingHTTPServer(('127.0.0.1', 0), Origin)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def exchange(port, data, family):
    """Sends bytes and reads all that comes back."""
    with socket.create_connection(('127.0.0.1' if family == 4 else '::1', port), timeout=5) as s:
        s.settimeout(5)
        try:
            s.sendall(data)
            while s.recv(65536):
                pass
        except (ConnectionError, TimeoutError, socket.timeout):
            pass


def wait_for(port, process):
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f'it ended with {process.returncode}')
        try:
            socket.create_connection(('127.0.0.1', port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError('it does not listen')


def record(server, folder, origin):
    port = free_port()
    log = folder / 'access.log'
    collected = []
    syslog = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    syslog.bind(('127.0.0.1', 0))
    threading.Thread(target=lambda: [collected.append(syslog.recv(65536)) for _ in iter(int, 1)], daemon=True).start()
    commands = server['commands'](folder, port, log, origin, syslog.getsockname()[1])
    processes = []
    try:
        for command in commands:
            processes.append(subprocess.Popen(command, cwd=folder, stdout=open(folder / f'out{len(processes)}', 'wb'), stderr=subprocess.STDOUT))
            if len(processes) == 1:
                wait_for(port, processes[0])
            else:
                time.sleep(1)
        for r in REQUESTS:
            if r['family'] == 4 or server.get('ipv6', True):
                exchange(port, to_bytes(r), r['family'])
        for data in STRANGE:
            exchange(port, data, 4)
        time.sleep(2)
    finally:
        for p in reversed(processes):
            p.terminate()
        for p in processes:
            try:
                p.wait(10)
            except subprocess.TimeoutExpired:
                p.kill()
                p.wait()
    time.sleep(0.3)
    if 'log' in server:
        log = folder / server['log']
    return log.read_bytes() if log.exists() else b''.join(m.rstrip(b'\n') + b'\n' for m in collected)


def main():
    SAMPLES.mkdir(exist_ok=True)
    origin = start_origin()
    wanted = sys.argv[1:] or list(SERVERS)
    versions = json.loads((SAMPLES / 'versions.json').read_text()) if (SAMPLES / 'versions.json').exists() else {}
    for name in wanted:
        folder = Path(tempfile.mkdtemp(prefix=f'pixel-{name}-'))
        os.chmod(folder, 0o777)
        try:
            server = SERVERS[name]
            if not shutil.which(server['program']):
                print(f'{name}: {server["program"]} is not installed')
                continue
            lines = record(server, folder, origin)
            (SAMPLES / f'{name}.log').write_bytes(lines)
            versions[name] = server['version'](folder)
            print(f'{name}: {lines.count(10)} lines, {versions[name]}')
        except RuntimeError as e:
            print(f'{name}: {e}\n' + '\n'.join(p.read_text(errors='replace')[-2000:] for p in folder.glob('out*')))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    (SAMPLES / 'sent.json').write_text(json.dumps([expected(r) for r in REQUESTS], indent=1, ensure_ascii=True) + '\n')
    (SAMPLES / 'versions.json').write_text(json.dumps(dict(sorted(versions.items())), indent=1) + '\n')


if __name__ == '__main__':
    main()
