function toRow(message) {
  const entry = readEntry(message.data);
  let query = '';
  if (!entry.event) {
    if (!entry.url || entry.parent || entry.agent.startsWith('Cloud-CDN-Google') || entry.method !== 'GET') return null;
    const url = parseUrl(entry.url);
    if (!url) throw new Error('unreadable_url');
    if (url.path !== PIXEL_PATH || !url.query) return null;
    query = url.query;
  }
  const sent = attributesOf(entry, query), filled = fill(entry, sent);
  const valueOf = name => ATTRIBUTES.has(name) ? sent.get(name) : filled[name], isNothing = v => v === undefined || v === '';
  for (const [name, , required] of COLUMNS) {
    if (required && isNothing(valueOf(name))) throw new Error('missing_required ' + name);
  }
  const row = [];
  for (const [name, type] of COLUMNS) {
    const text = valueOf(name);
    if (isNothing(text)) continue;
    const value = ATTRIBUTES.has(name) ? text === null || toBytes(text).length > MAX ? undefined : CONVERT[type](text) : JSON.stringify(text);
    if (value === undefined) throw new Error('invalid_value ' + name);
    row.push(`"${name}":${value}`);
  }
  return { data: `{${row.join()}}`, attributes: message.attributes };
}
