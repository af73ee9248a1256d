// Members of an object as they stand: JSON.parse would lose numbers' digits, and the first of a repeated name. The text is valid JSON.
const space = /[ \t\r\n]*/y, token = /"[^"\\]*(?:\\.[^"\\]*)*"|[^\s,\]}:"[{]+/y, inside = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]/g;

function pass(json, at) {
  space.lastIndex = at;
  return at + space.exec(json)[0].length;
}

function valueEnd(json, at) {
  if (json[at] !== '{' && json[at] !== '[') {
    token.lastIndex = at;
    return at + token.exec(json)[0].length;
  }
  let depth = 0;
  inside.lastIndex = at;
  for (let m; (m = inside.exec(json));) {
    if (m[0] === '{' || m[0] === '[') depth++;
    else if ((m[0] === '}' || m[0] === ']') && --depth === 0) return inside.lastIndex;
  }
}

function members(json, visit) {
  if (json[0] !== '{') return;
  for (let at = pass(json, 1); json[at] === '"';) {
    let end = valueEnd(json, at);
    const name = read(json.slice(at, end));
    at = pass(json, pass(json, end) + 1);
    end = valueEnd(json, at);
    visit(name, json.slice(at, end));
    at = pass(json, end);
    if (json[at] === ',') at = pass(json, at + 1);
  }
}

const simple = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

// A value as bytes: a string without quotes and escapes, null as nothing, anything else as its JSON.
const read = v => v[0] === '"' ? v.slice(1, -1).replace(/\\u([dD][89abAB]..)\\u([dD][c-fC-F]..)|\\u(....)|\\(.)/g, (_, high, low, unit, other) =>
  high ? toBytes(String.fromCharCode(parseInt(high, 16), parseInt(low, 16)))
    : unit ? toBytes(/^d[89a-f]/i.test(unit) ? '\ufffd' : String.fromCharCode(parseInt(unit, 16)))
      : simple[other] || other) : v === 'null' ? '' : v;
