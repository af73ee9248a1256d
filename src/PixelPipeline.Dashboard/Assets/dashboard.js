'use strict';

// Puts parts of the page in place of their older selves as they come, and keeps what the reader has opened, scrolled,
// focused or selected. Parts come encoded from the server that the page itself came from.
(() => {
  const waiting = new Map();
  let stream = null;

  const isInUse = part => {
    const selection = document.getSelection();
    return (selection && !selection.isCollapsed && part.contains(selection.anchorNode))
      || [...part.querySelectorAll('form')].some(f => f.contains(document.activeElement));
  };

  const keep = (old, fresh) => {
    for (const details of old.querySelectorAll('details[open]')) {
      fresh.querySelector(`details[data-key="${CSS.escape(details.dataset.key)}"]`)?.setAttribute('open', '');
    }
    const places = [...old.querySelectorAll('.scroll, pre')].map(e => [e.scrollLeft, e.scrollTop]);
    const focusable = 'a, summary, select, button, [tabindex]';
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const sign = e => e.matches('summary') ? 'details ' + e.parentElement.dataset.key : e.href ? 'link ' + e.href : e.name;
    const place = [...old.querySelectorAll(focusable)].indexOf(focused);
    old.replaceWith(fresh);
    fresh.querySelectorAll('.scroll, pre').forEach((e, i) => places[i] && ([e.scrollLeft, e.scrollTop] = places[i]));
    const heirs = focused ? [...fresh.querySelectorAll(focusable)] : [];
    (heirs.find(e => sign(e) && sign(e) === sign(focused)) || heirs[place])?.focus({ preventScroll: true });
  };

  const show = fresh => {
    const old = document.getElementById(fresh.id);
    if (old && isInUse(old)) {
      waiting.set(fresh.id, fresh); // shown once the reader has let go of it
    } else if (old) {
      keep(old, fresh);
    } else {
      document.getElementById('panels').append(fresh); // the page came before the first reading did
    }
  };

  const showWaiting = () => setTimeout(() => { // once the focus has gone where it goes
    const parts = [...waiting.values()];
    waiting.clear();
    parts.forEach(show);
  });
  document.addEventListener('selectionchange', showWaiting);
  document.addEventListener('focusout', showWaiting);

  const listen = () => {
    if (document.hidden) { // nobody looks: BigQuery need not be asked
      stream?.close();
      stream = null;
    } else if (!stream) {
      stream = new EventSource(document.body.dataset.live);
      stream.addEventListener('part', e => show(new DOMParser().parseFromString(e.data, 'text/html').body.firstElementChild));
      stream.onopen = () => delete document.documentElement.dataset.lost;
      stream.onerror = () => document.documentElement.dataset.lost = '';
    }
  };
  document.addEventListener('visibilitychange', listen);
  listen();
})();
