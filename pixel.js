// docs/page-script.md
(() => {
  const script = document.currentScript;
  const option = (name) => script.getAttribute('data-' + name) || '';

  const quietly = (action) => (...values) => {
    try { return action(...values); } catch (e) { /* a hit less */ }
  };

  const start = quietly(() => {
    const earlier = window.pixel;
    if (earlier && earlier.consent) return; // a second tag

    const to = new URL(option('to') || script.src, document.baseURI);
    if (!option('to')) to.pathname = to.pathname.replace(/js$/, 'png');
    else if (/^https/.test(location)) to.protocol = 'https:'; // or it is blocked

    const random = () => crypto.getRandomValues(new Uint32Array(4)).join('');

    const listed = option('params').split(/[\s,]+/);
    const plain = (address, isKey) => {
      const url = new URL(address), query = new URLSearchParams();
      for (const [name, value] of url.searchParams) {
        if (name && listed.includes(name) || !isKey && /^utm_|clk?id$|^[gw]braid$/.test(name)) query.append(name, value);
      }
      url.search = query;
      url.hash = url.username = url.password = '';
      return url.href;
    };

    // an id or 'off'
    const stored = quietly(() => localStorage.getItem('pixel_id').match(/^(off|\d+)$/)[0]);
    const store = quietly((value) => localStorage.setItem('pixel_id', value || ''));
    let isOut;
    const isSilent = () => isOut || stored() === 'off' || navigator.globalPrivacyControl && option('gpc') !== 'off';

    const fieldsOf = (element) => {
      const fields = {};
      for (const { name, value } of element.attributes) {
        if (name.startsWith('data-pixel-')) fields[name.slice(11)] = value;
      }
      return fields;
    };

    let page, key, referrer;
    const views = option('pixel') || 'view';
    const pixel = window.pixel = quietly((type, fields) => {
      if (isSilent()) return;
      const usual = {
        user_id: option('user') || stored() || 'anonymous', type, hit_id: random(), page, referrer,
        title: document.title, language: navigator.language, screen_width: screen.width,
      };
      for (const [name, value] of new URL(page).searchParams) {
        if (name.startsWith('utm_')) usual[name] = value;
      }
      const own = fieldsOf(script), event = {};
      if (type !== views) delete own.sig; // of views
      for (const part of [usual, own, fields || {}]) {
        for (const [name, value] of Object.entries(part)) {
          if (value != null) event[name] = String(value).slice(0, 1000);
        }
      }
      to.search = new URLSearchParams(event);
      const url = to.href, referrerPolicy = 'origin'; // page is cut
      const instead = quietly(() => {
        const image = new Image();
        image.crossOrigin = 'anonymous'; // no cookies
        image.referrerPolicy = referrerPolicy;
        image.onerror = quietly(() => option('collect') && navigator.sendBeacon(option('collect'), JSON.stringify(event)));
        image.src = url;
      });
      // outlives the page, as no image does
      new Promise((sent) => sent(fetch(url, { keepalive: true, mode: 'no-cors', credentials: 'omit', referrerPolicy }))).catch(instead);
    });
    pixel.consent = (agreed) => stored() === 'off' || store(agreed && !isSilent() && (stored() || random()));
    pixel.optOut = (out) => store((isOut = out !== false) && 'off');

    const view = quietly(() => {
      const now = plain(location, true);
      if (now === key) return; // no other page
      referrer = page || document.referrer && plain(document.referrer);
      key = now;
      page = plain(location);
      pixel(views);
    });
    const later = () => setTimeout(view); // with its title
    for (const name of ['pushState', 'replaceState']) {
      const change = history[name];
      history[name] = (...values) => {
        change.apply(history, values);
        later();
      };
    }
    addEventListener('popstate', later);
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) page = key = ''; // back/forward cache
      view();
    });

    const clicked = quietly(({ target, button }) => {
      if (button > 1) return;
      const marked = target.closest('[data-pixel]'), link = target.closest('a[href]');
      if (marked && (link || !button)) pixel(marked.getAttribute('data-pixel'), fieldsOf(marked));
      const isFile = link.hasAttribute('download') || /\.(pdf|zip|dmg|exe|csv|xlsx|docx|mp[34])$/i.test(link.pathname);
      const type = [isFile && 'download', link.host !== location.host && 'outbound'].find((t) => t && option('links').includes(t));
      if (type && /^http/.test(link)) pixel(type, { link: plain(link) });
    });
    addEventListener('click', clicked, true); // before the page ends it
    addEventListener('auxclick', clicked, true);

    if (option('storage') === 'on') pixel.consent(true);
    view();
    if (earlier) earlier.q.forEach((call) => pixel(...call));
  });
  if (document.prerendering) document.addEventListener('prerenderingchange', start, { once: true });
  else start();
})();
