#!/usr/bin/env python3
"""Compares GoAccess with `pixel summarize`, file by file: goaccess.py [FILE…]

Both count the hits of each path and user in the recorded lines of real servers (tests/samples/real-servers) and in the samples of formats that GoAccess
knows (tests/samples/access-logs). Printed is what one keeps and the other does not; docs/importing.md says why. Not part of CI: it takes goaccess from
Debian. PIXEL is the command to compare with, ./pixel unless set.
"""
import collections, csv, io, json, os, shlex, subprocess, sys, tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent
SERVERS = ROOT / 'tests/samples/real-servers'
SAMPLES = ROOT / 'tests/samples/access-logs'
FORMATS = {
    **{SERVERS / f'{name}.log': 'COMBINED' for name in ('nginx', 'nginx-raw', 'apache', 'lighttpd', 'h2o', 'morgan', 'varnish', 'squid-combined', 'haproxy-combined')},
    SERVERS / 'apache-vhost.log': 'VCOMBINED', SERVERS / 'haproxy-clf.log': 'COMMON', SERVERS / 'squid.log': 'SQUID', SERVERS / 'caddy.log': 'CADDY',
    SAMPLES / 'combined.log': 'COMBINED', SAMPLES / 'alb.log': 'AWSELB', SAMPLES / 'cloudfront.log': 'CLOUDFRONT', SAMPLES / 'gcs.log': 'CLOUDSTORAGE',
    SAMPLES / 'w3c.log': 'W3C', SAMPLES / 'caddy.log': 'CADDY',
}


def key(path, user):
    return f'{path}?user_id={user}' if user else path


def theirs(file, log_format):
    """Hits by path and user, and how many lines GoAccess could not read."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / 'report.json'
        done = subprocess.run(['goaccess', file, f'--log-format={log_format}', '--no-global-config', '--no-progress', '--max-items=100000', '-o', report],
                              capture_output=True, text=True)
        if done.returncode != 0:
            return collections.Counter(), 'all'
        found = json.loads(report.read_text(errors='replace'), strict=False)
    hits = collections.Counter()
    for panel in ('requests', 'static_requests', 'not_found'):
        for row in found.get(panel, {}).get('data', []):
            url = urlsplit(row['data'])
            hits[key(url.path, parse_qs(url.query, errors='replace').get('user_id', [''])[0])] += row['hits']['count']
    return hits, found['general']['failed_requests']


def ours(file):
    pixel = shlex.split(os.environ.get('PIXEL', str(ROOT / 'pixel')))
    done = subprocess.run([*pixel, 'summarize', file, '--keys', 'user_id', '--format', 'csv'], capture_output=True, text=True)
    hits = collections.Counter()
    for row in csv.DictReader(io.StringIO(done.stdout)):
        hits[key(row['path'], row['user_id'])] += int(row['hits'])
    return hits, done.stderr.count(': ') - done.stderr.count('cannot be read')


def main():
    wanted = [Path(p).resolve() for p in sys.argv[1:]] or list(FORMATS)
    print(subprocess.run(['goaccess', '--version'], capture_output=True, text=True).stdout.split('\n')[0])
    for file in wanted:
        (goaccess, unread), (pixel, bad) = theirs(file, FORMATS[file]), ours(file)
        print(f'{file.parent.name}/{file.name}: GoAccess {goaccess.total()} hits, {unread} lines unread; pixel {pixel.total()} hits, {bad} lines unread')
        for who, more in (('only GoAccess', goaccess - pixel), ('only pixel', pixel - goaccess)):
            for url, count in sorted(more.items()):
                print(f'  {who}: {count} × {url[:90]}')


if __name__ == '__main__':
    main()
