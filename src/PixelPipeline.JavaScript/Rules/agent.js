// MARKERS has a line for each sign; < and > say that a marker begins and ends its word.
function readAgent(agent, hasReferer) {
  agent = agent.slice(0, 1024);
  const low = agent.replace(/[A-Z]/g, c => c.toLowerCase()), signs = MARKERS.split('\n').map(s => s.split('|').some(m => m && stands(low, m)));
  const first = (from, to) => { for (let i = from; i <= to; i++) if (signs[i]) return i; return -1; };
  const has = name => signs[SIGN[name]];
  const named = first(SIGN.MailProxy, SIGN.Crawler), browser = first(SIGN.Instagram, SIGN.TextBrowser), os = first(SIGN.WindowsPhone, SIGN.Linux);
  const is = (i, ...names) => names.some(n => SIGN[n] === i), labels = LABELS.split('|');
  const device = has('Tv') || first(SIGN.WindowsPhone, SIGN.Android) >= 0 && !is(os, 'ChromeOs');
  const persons = (device || has('App') || has('PersonsProgram')) && !has('Address') && !has('Compatible');
  const bot = !has('App') && !has('NoBot') && (has('Bot') || has('MaybeBot') && !persons);
  const tool = has('Library') && !has('PersonsProgram') || has('MaybeTool') && !persons;
  const foreign = () => !has('Tv') && is(os, 'Linux') && is(browser, 'Chrome') && / /.test(agent.slice(agent.lastIndexOf('Safari/')).replace(/^ +| +$/g, '')) && agent.includes('Safari/');
  const noBrowser = () => !/^(Mozilla|Opera)\//.test(agent) && !device || has('Compatible') && !has('InternetExplorer') && !has('Konqueror');
  const machine = () => !has('App') && (has('Address') || !has('PersonsProgram') && noBrowser() || foreign());
  const kind = named >= 0 && !(is(named, 'LinkPreview') && has('App') && agent.startsWith('Mozilla/')) ? ['mail_proxy', 'prefetch', 'link_preview', 'tool', 'crawler'][named]
    : !agent || agent === '-' ? 'unknown'
      : agent === 'Mozilla/5.0' ? hasReferer ? 'unknown' : 'prefetch'
        : bot ? 'crawler' : tool ? 'tool'
          : machine() ? 'crawler' : browser >= 0 || has('PersonsProgram') || device ? 'person' : os < 0 ? 'crawler' : 'unknown';
  if (kind !== 'person') return { agent_class: kind };
  const form = first(SIGN.Tv, SIGN.Mobile);
  return {
    agent_class: kind,
    browser: is(browser, 'Safari') && has('Android') ? 'android' : labels[browser],
    os: labels[os],
    device: is(os, 'Xbox', 'PlayStation', 'Nintendo') ? 'console'
      : form >= 0 ? is(os, 'IPad') ? 'tablet' : labels[form]
        : os < 0 ? undefined : is(os, 'IPad', 'Android') ? 'tablet'
          : is(os, 'IPhone', 'KaiOs', 'WindowsPhone', 'BlackBerry', 'Symbian') ? 'mobile' : is(os, 'Tizen') ? 'tv' : 'desktop',
  };
}

function stands(low, m) {
  const starts = m[0] === '<', ends = m.endsWith('>'), text = m.slice(starts ? 1 : 0, ends ? -1 : undefined);
  for (let at = -1; (at = low.indexOf(text, at + 1)) >= 0;) {
    if (!(starts && at > 0 && /[a-z0-9]/.test(low[at - 1])) && !(ends && /[a-z]/.test(low[at + text.length] || ''))) return true;
  }
  return false;
}
