const integer = t => {
  if (!/^[+-]?\d+$/.test(t)) return;
  const n = BigInt(t[0] === '+' ? t.slice(1) : t);
  return n < -(2n ** 63n) || n >= 2n ** 63n ? undefined : String(n);
};

const float = t => {
  const n = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(t) ? +t : NaN;
  return Number.isFinite(n) ? Object.is(n, -0) ? '-0' : String(n) : undefined;
};

const numeric = t => {
  const m = /^([+-]?)(\d*)\.?(\d*)$/.exec(t);
  if (!m || !(m[2] + m[3])) return;
  const whole = m[2].replace(/^0+/, ''), part = m[3].replace(/0+$/, '');
  if (whole.length > 29 || part.length > 9) return;
  const n = (whole || '0') + (part && '.' + part);
  return JSON.stringify(m[1] === '-' && n !== '0' ? '-' + n : n);
};

// A text as the JSON of a column's value; nothing where it does not fit.
const CONVERT = {
  STRING: t => JSON.stringify(t),
  INTEGER: integer,
  FLOAT: float,
  NUMERIC: numeric,
  BOOLEAN: t => /^(true|t|yes|y|1)$/i.test(t) ? 'true' : /^(false|f|no|n|0)$/i.test(t) ? 'false' : undefined,
  TIMESTAMP: t => { const i = instant(t); return i && JSON.stringify(microseconds(i)); },
  DATE: t => /^\d{4}-\d\d-\d\d$/.test(t) && instant(t + 'T00:00:00Z') ? JSON.stringify(t) : undefined,
};

const lower = t => Array.from(t, c => { const l = c.toLowerCase(); return l.length === c.length ? l : c; }).join('');

function hostOf(url) {
  const m = url && /^https?:\/\/([^/?#\\]*)/i.exec(url);
  if (!m) return;
  const host = m[1].slice(m[1].lastIndexOf('@') + 1), port = host.lastIndexOf(':');
  return lower(port > host.lastIndexOf(']') ? host.slice(0, port) : host) || undefined;
}

const textOf = b => b ? toText(cut(b)) : undefined;

const withoutPort = a => a[0] === '[' && a.indexOf(']') > 0 ? a.slice(1, a.indexOf(']')) : a.split(':').length === 2 ? a.slice(0, a.indexOf(':')) : a;

// What the entry itself fills; a column that is none of these is filled by nothing here.
function fill(entry, sent) {
  const page = ATTRIBUTES.has('page') ? sent.get('page') : undefined, referer = textOf(entry.referer);
  return {
    event_id: sha256(entry.source).slice(0, 32),
    event_time: microseconds(entry.instant),
    site: hostOf(page) || hostOf(referer),
    referer,
    user_agent: textOf(entry.agent),
    remote_ip: textOf(withoutPort(entry.ip)),
    ...readAgent(entry.agent, entry.referer !== ''),
  };
}
