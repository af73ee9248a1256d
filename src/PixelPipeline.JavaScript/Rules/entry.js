// RFC 3339: seconds since 1970 and nanoseconds, or nothing.
function instant(t) {
  const m = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/.exec(t);
  if (!m) return;
  const [, y, mo, d, h, mi, s] = m.map(Number);
  const day = new Date(0);
  day.setUTCFullYear(y, mo - 1, d);
  if (y < 1 || mo < 1 || d < 1 || day.getUTCMonth() !== mo - 1 || day.getUTCDate() !== d || h > 23 || mi > 59 || s > 59 || m[9] > 23 || m[10] > 59) return;
  const offset = m[8] ? (m[9] * 60 + +m[10]) * (m[8] === '-' ? -60 : 60) : 0;
  const seconds = day / 1000 + h * 3600 + mi * 60 + s - offset;
  return seconds < -62135596800 || seconds > 253402300799 ? undefined : { seconds, nanos: +(m[7] || '').padEnd(9, '0').slice(0, 9) };
}

const bigEndian = (n, length) => { let b = ''; for (; length--; n = Math.floor(n / 256)) b = String.fromCharCode(n & 255) + b; return b; };

// Seconds before 1970 as the 64 bits of a negative number.
const long = n => n >= 0 ? bigEndian(n, 8) : bigEndian(-1 - n, 8).replace(/[^]/g, c => String.fromCharCode(255 - c.charCodeAt(0)));

const microseconds = i => new Date(i.seconds * 1000).toISOString().slice(0, 19) + '.' + String(i.nanos).padStart(9, '0').slice(0, 6) + 'Z';

const FIELDS = new Map([
  ['timestamp', 'time'], ['insertId', 'insertId'],
  ['httpRequest', new Map([['requestMethod', 'method'], ['requestUrl', 'url'], ['userAgent', 'agent'], ['referer', 'referer'], ['remoteIp', 'ip']])],
  ['jsonPayload', new Map([['parentInsertId', 'parent'], ['eventId', 'id'], ['event', 'event']])],
]);

function readEntry(data) {
  const bytes = toBytes(data);
  const entry = { method: '', url: '', agent: '', referer: '', ip: '', event: '', id: '', insertId: '', time: '', parent: '' };
  try {
    if (!/^[ \t\r\n]*\{/.test(data)) throw 0;
    JSON.parse(data);
  } catch {
    throw new Error('unreadable_entry');
  }
  const into = (names, json) => members(json, (name, value) => {
    const key = names.get(name);
    if (typeof key === 'string') entry[key] = key === 'event' ? value === 'null' ? '' : value : read(value);
    else if (key) into(key, value);
  });
  into(FIELDS, bytes.slice(pass(bytes, 0)));
  entry.instant = instant(entry.time);
  if (!entry.instant) throw new Error('unreadable_entry');
  entry.source = entry.event && entry.id || (entry.insertId ? long(entry.instant.seconds) + bigEndian(entry.instant.nanos, 4) + entry.insertId : bytes);
  return entry;
}

// Path and query of an absolute http or https URL, or nothing.
function parseUrl(url) {
  const m = url.length <= 65536 && /^https?:\/\/([^/?#]*)([^#]*)/i.exec(url);
  if (!m) return;
  const host = m[1].slice(m[1].lastIndexOf('@') + 1);
  if (!host || host[0] === ':') return;
  const question = m[2].indexOf('?');
  return question < 0 ? { path: m[2], query: '' } : { path: m[2].slice(0, question), query: m[2].slice(question + 1) };
}

const decodeForm = b => b.replace(/\+|%([0-9a-fA-F]{2})/g, (_, h) => h ? String.fromCharCode(parseInt(h, 16)) : ' ');

function attributesOf(entry, query) {
  const found = new Map();
  const add = (name, value) => { if (ATTRIBUTES.has(name) && !found.has(name)) found.set(name, value); };
  if (entry.event) members(entry.event, (name, value) => add(name, value[0] === '{' || value[0] === '[' ? null : toText(read(value))));
  else for (const pair of query.split('&')) {
    const equals = pair.indexOf('=');
    add(decodeForm(equals < 0 ? pair : pair.slice(0, equals)).replace(/^amp;/, ''), toText(equals < 0 ? '' : decodeForm(pair.slice(equals + 1))));
  }
  return found;
}
