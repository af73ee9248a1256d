"""The one set of requests that every server is sent, byte for byte, and what a line of its log should tell of each."""

PLAIN_AGENT = b'Mozilla/5.0 (X11; Linux x86_64)'
REFERER = b'https://shop.example.com/cart?a=1&b=2'


def request(name, target=None, method=b'GET', agent=PLAIN_AGENT, referer=REFERER, more=b'', version=b'HTTP/1.1', family=4):
    """One request. The target begins with the pixel and the request's name, so that its line can be found."""
    path = b'/pixel.png?user_id=' + name.encode()
    return {'name': name, 'target': path + (target or b''), 'method': method, 'agent': agent, 'referer': referer, 'more': more,
            'version': version, 'family': family}


REQUESTS = [
    request('plain', b'&type=click&order_id=42'),
    request('missing', agent=None, referer=None),
    request('empty', agent=b'', referer=b''),
    request('quotes', agent=b'say "hi" now', referer=b'https://shop.example.com/?q="a"'),
    request('quote-space', agent=b'a" b" c'),
    request('quote-last', agent=b'said "so"'),
    request('backslash', agent=b'C:\\dir\\x41 b'),
    request('backslash-last', agent=b'Foo\\'),
    request('tab', agent=b'a\tb'),
    request('utf8', agent='café ☕'.encode(), referer='https://shop.example.com/é'.encode()),
    request('latin1', agent=b'caf\xe9'),
    request('encoded', b'&type=a%20b%22c%5C&x=%E2%98%95+1'),
    request('raw', b'&type=a|b{c}~^`'),
    request('raw-quote', b'&type="q"'),
    request('raw-backslash', b'&type=C:\\temp\\new'),
    request('raw-utf8', b'&type=' + 'é'.encode()),
    request('hash-agent', agent=b'#22 #1 %20 + C#'),
    request('fragment', b'&type=a#user_id=other'),
    request('user', more=b'Authorization: Basic YSBbYiA2LjYuNi42IC0gLTp4\r\n'),  # "a [b 6.6.6.6 - -:x"
    request('long', b'&type=' + b't' * 600),
    request('too-long', b'&type=click&order_id=' + b'0' * 9000),
    request('head', method=b'HEAD'),
    request('post', method=b'POST', more=b'Content-Length: 0\r\n'),
    request('old', version=b'HTTP/1.0'),
    request('ipv6', family=6),
]

# What no browser sends, but every public port gets: bytes as they are.
STRANGE = [b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', b'\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03\r\n\r\n', b'GET\r\n\r\n', b'\r\n\r\n', b'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
           b'GET http://localhost/pixel.png?user_id=absolute HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
           b'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n']


def to_bytes(r):
    """The request as it goes over the wire."""
    lines = [r['method'] + b' ' + r['target'] + b' ' + r['version'], b'Host: localhost', b'Connection: close']
    if r['agent'] is not None:
        lines.append(b'User-Agent: ' + r['agent'])
    if r['referer'] is not None:
        lines.append(b'Referer: ' + r['referer'])
    return b'\r\n'.join(lines) + b'\r\n' + r['more'] + b'\r\n'


def expected(r):
    """What a line should tell, as text whose characters are the bytes."""
    text = lambda b: (b or b'').decode('latin1')
    return {'name': r['name'], 'method': text(r['method']), 'url': text(r['target']), 'agent': text(r['agent']), 'referer': text(r['referer']),
            'address': '127.0.0.1' if r['family'] == 4 else '::1'}
