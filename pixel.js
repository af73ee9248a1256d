// Sends page views, clicks and own events: docs/page-script.md
(() => {
  const script = document.currentScript;
  const option = (name) => script.getAttribute('data-' + name) || '';

  // Whatever goes wrong here, the page never notices.
  const quietly = (action) => (...values) => {
    try { return action(...values); } catch (e) { /* a hit less */ }
  };

  const start = quietly(() => {
    const earlier = window.pixel;
    if (earlier && earlier.consent) return; // a second tag would count twice

    const to = new URL(option('to') || script.src.replace(/\.js[^/]*$/, '.png'));
    if (/^https/.test(location)) to.protocol = 'https:'; // or it is blocked

    const random = () => crypto.getRandomValues(new Uint32Array(4)).join('');

    // Without fragment; of the query only campaigns, click ids and what is listed.
    const plain = (address) => {
      const url = new URL(address), query = new URLSearchParams();
      for (const [name, value] of url.searchParams) {
        if (/^utm_|clk?id$|^[gw]braid$/.test(name) || option('params').split(' ').includes(name)) query.append(name, value);
      }
      url.search = query;
      url.hash = '';
      return url.href;
    };

    // An id once the visitor agrees or the site decides so; 'off' after an opt-out.
    const stored = quietly(() => localStorage.getItem('pixel'));
    const store = quietly((value) => localStorage.setItem('pixel', value || ''));

    // data-pixel-order_id="42" is the field order_id.
    const fieldsOf = (element) => {
      const fields = {};
      for (const { name, value } of element.attributes) {
        if (name.startsWith('data-pixel-')) fields[name.slice(11)] = value;
      }
      return fields;
    };

    let page, referrer;
    const pixel = window.pixel = quietly((type, fields) => {
      if (stored() === 'off' || navigator.globalPrivacyControl && option('gpc') !== 'off') return;
      const event = {
        user_id: option('user') || stored() || 'anonymous', type, hit_id: random(), page, referrer,
        title: document.title, language: navigator.language, screen_width: screen.width,
      };
      for (const [name, value] of new URL(page).searchParams) {
        if (name.startsWith('utm_')) event[name] = value;
      }
      Object.assign(event, fieldsOf(script), fields);
      const query = new URLSearchParams();
      for (const name in event) {
        if (event[name] != null) query.append(name, String(event[name]).slice(0, 1000));
      }
      to.search = query;
      const url = to.href;
      // Outlives the page; an image may not. What arrives twice counts once by its hit_id.
      fetch(url, { keepalive: true, mode: 'no-cors', credentials: 'omit' }).catch(() => {
        const image = new Image();
        image.crossOrigin = 'anonymous'; // no cookies
        image.onerror = quietly(() => option('collect') && navigator.sendBeacon(option('collect'), JSON.stringify(event)));
        image.src = url;
      });
    });
    pixel.consent = (agreed) => stored() === 'off' || store(agreed && (stored() || random()));
    pixel.optOut = (out) => store(out !== false && 'off');

    const view = quietly(() => {
      const now = plain(location);
      if (now === page) return; // a fragment or unlisted parameter is no page
      referrer = page || document.referrer && plain(document.referrer);
      page = now;
      pixel(option('pixel') || 'view');
    });
    const later = () => setTimeout(view); // with the router's title
    for (const name of ['pushState', 'replaceState']) {
      const change = history[name];
      history[name] = (...values) => {
        change.apply(history, values);
        later();
      };
    }
    addEventListener('popstate', later);
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) page = ''; // from the back/forward cache: no script runs again
      view();
    });

    const clicked = quietly(({ target, button }) => {
      if (button > 1) return; // the context menu
      const marked = target.closest('[data-pixel]'), link = target.closest('a[href]');
      if (marked) pixel(marked.getAttribute('data-pixel'), fieldsOf(marked));
      const isFile = link.hasAttribute('download') || /\.(pdf|zip|dmg|exe|csv|xlsx|docx|mp[34])$/i.test(link.pathname);
      const type = [isFile && 'download', link.host !== location.host && 'outbound'].find((t) => t && option('links').includes(t));
      if (type && /^http/.test(link)) pixel(type, { link: plain(link) });
    });
    addEventListener('click', clicked, true); // before the page's own listeners can end it
    addEventListener('auxclick', clicked, true);

    if (option('storage') === 'on') pixel.consent(true);
    view();
    if (earlier) earlier.q.forEach((call) => pixel(...call));
  });
  if (document.prerendering) document.addEventListener('prerenderingchange', start, { once: true });
  else start();
})();
