#!/usr/bin/env bash
# A hit with a URL of 9,000 bytes, then a plain one, both to Squid, which logs them in the combined format.
# Guess: two lines in the log, the first perhaps cut.
# Seen: one line. Squid cuts the first record where its buffer for a record ends, before the line's end, and writes the
# second one behind a NUL: a reader that takes lines for requests counts one hit, and may read the first one's URL up to
# where the second one's begins. Whoever sends a long URL hides the next visitor's hit.
# Exits with an error if that changes. Needs Debian's squid and python3; loopback only.
set -euo pipefail

work=$(mktemp -d)
chmod 777 "$work"
squid=''
trap '[[ -z $squid ]] || { kill "$squid"; wait "$squid" || true; }; rm -rf "$work"' EXIT
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >"$work/squid.conf" <<CONF
http_port 127.0.0.1:$port accel defaultsite=localhost
acl everybody src all
http_access deny everybody
strip_query_terms off
access_log stdio:$work/access.log combined
pid_filename $work/pid
cache_log $work/cache.log
coredump_dir $work
shutdown_lifetime 1 seconds
CONF
squid -N -f "$work/squid.conf" &
squid=$!
python3 - "$port" <<'PYTHON'
import socket, sys, time
def hit(target):
    for _ in range(300):
        try:
            with socket.create_connection(('127.0.0.1', int(sys.argv[1]))) as s:
                s.sendall(b'GET ' + target + b' HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
                while s.recv(65536): pass
            return
        except ConnectionError:
            time.sleep(0.1)
hit(b'/pixel.png?user_id=long&x=' + b'0' * 9000)
hit(b'/pixel.png?user_id=next')
PYTHON
kill "$squid"
wait "$squid" || true
squid=''
lines=$(wc -l <"$work/access.log")
both=$(grep -a user_id=long "$work/access.log" | grep -ac user_id=next || true) # -a: the NUL
echo "$(squid -v | head -1): two hits, $lines line(s) in the log, $both with both of them (expected: 1 and 1)"
[[ $lines == 1 && $both == 1 ]]
# 2026-11-28, Debian 12: squid 5.7: two hits, 1 line, 1 with both of them.
