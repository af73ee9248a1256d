"""How each server is started, so that it writes its access log as people have it: with its own default or documented format."""
import re, subprocess
from pathlib import Path

SERVERS = {}
HERE = Path(__file__).resolve().parent


def server(name, program, version, **more):
    """Adds a server; the function it decorates writes the configuration and gives the commands to start."""
    def add(commands):
        def read_version(folder):
            text = subprocess.run(version, capture_output=True, text=True, cwd=folder)
            return next(iter(re.findall(r'\d+\.\d+\.\d+|\d+\.\d+', text.stdout + text.stderr)), '?')
        SERVERS[name] = {'program': program, 'version': read_version, 'commands': commands, **more}
    return add


def write(folder, name, text):
    path = folder / name
    path.write_text(text)
    return str(path)


def nginx(name, log_format, use):
    @server(name, 'nginx', ['nginx', '-v'])
    def _(folder, port, log, origin, syslog):
        (folder / 'html').mkdir()
        (folder / 'html/pixel.png').write_bytes(b'png')
        config = write(folder, 'nginx.conf', f'''
daemon off; error_log {folder}/error.log; pid {folder}/pid;
events {{ }}
http {{
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  {log_format}
  access_log {log} {use};
  server {{ listen 127.0.0.1:{port}; listen [::1]:{port}; root {folder}/html; }}
}}''')
        return [['nginx', '-p', str(folder), '-c', config]]


COMBINED = '\'$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"\''
nginx('nginx', '', 'combined')
nginx('nginx-raw', f'log_format raw escape=none {COMBINED};', 'raw')
nginx('nginx-json', '''log_format json escape=json '{"time_local":"$time_local","remote_addr":"$remote_addr","remote_user":"$remote_user","request":"$request",'
 '"status": "$status","body_bytes_sent":"$body_bytes_sent","request_time":"$request_time","http_referrer":"$http_referer","http_user_agent":"$http_user_agent"}';''', 'json')
nginx('nginx-json-parts', '''log_format parts escape=json '{"timestamp":"$time_iso8601","client":"$remote_addr","method":"$request_method","uri":"$request_uri",'
 '"status":$status,"referer":"$http_referer","user_agent":"$http_user_agent","host":"$host"}';''', 'parts')


def apache(name, log_format):
    @server(name, 'apache2', ['apache2', '-v'])
    def _(folder, port, log, origin, syslog):
        (folder / 'html').mkdir()
        (folder / 'html/pixel.png').write_bytes(b'png')
        modules = '/usr/lib/apache2/modules'
        config = write(folder, 'apache.conf', f'''
ServerRoot {folder}
PidFile {folder}/pid
ServerName localhost
ErrorLog {folder}/error.log
Listen 127.0.0.1:{port}
Listen [::1]:{port}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
User www-data
DocumentRoot {folder}/html
LogFormat "{log_format}" chosen
CustomLog {log} chosen
''')
        return [['apache2', '-DFOREGROUND', '-f', config]]


AGENTS = '%>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\"'
apache('apache', f'%h %l %u %t \\"%r\\" {AGENTS}')
apache('apache-vhost', f'%v:%p %h %l %u %t \\"%r\\" {AGENTS}')


@server('lighttpd', 'lighttpd', ['lighttpd', '-v'])
def _(folder, port, log, origin, syslog):
    (folder / 'html').mkdir()
    (folder / 'html/pixel.png').write_bytes(b'png')
    config = write(folder, 'lighttpd.conf', f'''
server.document-root = "{folder}/html"
server.port = {port}
server.bind = "127.0.0.1"
$SERVER["socket"] == "[::1]:{port}" {{ }}
server.modules = ("mod_accesslog")
accesslog.filename = "{log}"
''')
    return [['lighttpd', '-D', '-f', config]]


def haproxy(name, options, log='stdout format raw local0', **more):
    @server(name, 'haproxy', ['haproxy', '-v'], **more)
    def _(folder, port, log_path, origin, syslog):
        target = log.format(syslog=syslog)
        config = write(folder, 'haproxy.cfg', f'''
global
  log {target}
  {'log-send-hostname web1' if 'syslog' in name else ''}
defaults
  mode http
  log global
  timeout client 5s
  timeout server 5s
  timeout connect 5s
frontend web
  bind 127.0.0.1:{port}
  bind [::1]:{port}
  {options}
  default_backend app
backend app
  server one 127.0.0.1:{origin}
''')
        return [['haproxy', '-db', '-f', config]]


haproxy('haproxy', 'option httplog', log='stdout format raw local0')
SERVERS['haproxy']['log'] = 'out0'
haproxy('haproxy-clf', 'option httplog clf')
SERVERS['haproxy-clf']['log'] = 'out0'
haproxy('haproxy-syslog', 'option httplog\n  capture request header User-Agent len 200\n  capture request header Referer len 200', log='127.0.0.1:{syslog} local0')
haproxy('haproxy-combined', '''capture request header Referer len 400
  capture request header User-Agent len 400
  log-format "%ci - - [%trl] %{+Q}r %ST %B \\"%[capture.req.hdr(0)]\\" \\"%[capture.req.hdr(1)]\\""''')
SERVERS['haproxy-combined']['log'] = 'out0'


@server('varnish', 'varnishd', ['varnishd', '-V'])
def _(folder, port, log, origin, syslog):
    vcl = write(folder, 'a.vcl', f'vcl 4.1;\nbackend default {{ .host = "127.0.0.1"; .port = "{origin}"; }}\nsub vcl_recv {{ return (pass); }}\n')
    name = str(folder / 'v')
    return [['varnishd', '-F', '-j', 'none', '-n', name, '-a', f'127.0.0.1:{port}', '-a', f'[::1]:{port}', '-f', vcl, '-s', 'malloc,20m'],
            ['varnishncsa', '-n', name, '-t', '20', '-w', str(log)]]


def squid(name, log_format, strip):
    @server(name, 'squid', ['squid', '-v'])
    def _(folder, port, log, origin, syslog):
        config = write(folder, 'squid.conf', f'''
http_port 127.0.0.1:{port} accel defaultsite=localhost no-vhost
http_port [::1]:{port} accel defaultsite=localhost no-vhost
cache_peer 127.0.0.1 parent {origin} 0 no-query originserver name=origin
acl all_of_it src all
http_access allow all_of_it
cache deny all
strip_query_terms {strip}
pid_filename {folder}/pid
cache_log {folder}/cache.log
access_log stdio:{log} {log_format}
cache_effective_user proxy
coredump_dir {folder}
shutdown_lifetime 1 seconds
''')
        return [['squid', '-N', '-f', config]]


squid('squid', 'squid', 'off')
squid('squid-combined', 'combined', 'off')
squid('squid-stripped', 'squid', 'on')


@server('caddy', 'caddy', ['caddy', 'version'])
def _(folder, port, log, origin, syslog):
    (folder / 'html').mkdir()
    (folder / 'html/pixel.png').write_bytes(b'png')
    config = write(folder, 'Caddyfile', f'''{{
  admin off
  auto_https off
  storage file_system {folder}/store
}}
http://localhost:{port}, http://127.0.0.1:{port} {{
}}
:{port} {{
  root * {folder}/html
  file_server
  log {{
    output file {log}
  }}
}}
''')
    write(folder, 'Caddyfile', f'{{\n  admin off\n  auto_https off\n  storage file_system {folder}/store\n}}\n:{port} {{\n  root * {folder}/html\n  file_server\n  log {{\n    output file {log}\n  }}\n}}\n')
    return [['caddy', 'run', '--config', config, '--adapter', 'caddyfile']]


@server('h2o', 'h2o', ['h2o', '-v'])
def _(folder, port, log, origin, syslog):
    (folder / 'html').mkdir()
    (folder / 'html/pixel.png').write_bytes(b'png')
    config = write(folder, 'h2o.conf', f'''
listen:
  host: 127.0.0.1
  port: {port}
listen:
  host: "::1"
  port: {port}
hosts:
  "localhost":
    paths:
      /:
        file.dir: {folder}/html
access-log: {log}
pid-file: {folder}/pid
num-threads: 1
user: root
''')
    return [['h2o', '-m', 'worker', '-c', config]]


PACKAGES = {'morgan': '1.12.1', 'pino-http': '11.0.0', 'fastify': '5.6.2'}


def node(name, package, script):
    @server(name, 'node', ['node', '-p', f'require("{package}/package.json").version'])
    def _(folder, port, log, origin, syslog):
        subprocess.run(['npm', 'install', '--silent', '--no-audit', '--no-fund', f'{package}@{PACKAGES[package]}'], cwd=folder, check=True)
        write(folder, 'server.js', script.replace('PORT', str(port)).replace('LOG', str(log)))
        return [['node', 'server.js']]


LISTEN = "for (const host of ['127.0.0.1', '::1']) require('http').createServer(serve).listen(PORT, host);"
node('morgan', 'morgan', f"""
const log = require('morgan')('combined', {{ stream: require('fs').createWriteStream('LOG') }});
const serve = (request, response) => log(request, response, () => response.end('png'));
{LISTEN}""")
node('pino-http', 'pino-http', f"""
const log = require('pino-http')({{}}, require('fs').createWriteStream('LOG'));
const serve = (request, response) => {{ log(request, response); response.end('png'); }};
{LISTEN}""")
node('fastify', 'fastify', """
const app = require('fastify')({ logger: { level: 'info', stream: require('fs').createWriteStream('LOG') } });
app.all('/*', async () => 'png');
app.listen({ port: PORT, host: '::' });""")
