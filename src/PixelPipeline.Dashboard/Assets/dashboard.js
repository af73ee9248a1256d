'use strict';

// Puts parts of the page in place of their older selves as they come, and keeps what the reader has opened, scrolled,
// focused or selected. Parts come encoded from the server that the page itself came from.
(() => {
  const waiting = new Map();
  let stream = null;

  const isSelectedIn = part => {
    const selection = document.getSelection();
    return selection && !selection.isCollapsed && part.contains(selection.anchorNode);
  };

  const keep = (old, fresh) => {
    for (const details of old.querySelectorAll('details[open]')) {
      fresh.querySelector(`details[data-key="${details.dataset.key}"]`)?.setAttribute('open', '');
    }
    const places = [...old.querySelectorAll('.scroll, pre')].map(e => [e.scrollLeft, e.scrollTop]);
    const focusable = 'a, summary, [tabindex]';
    const focus = [...old.querySelectorAll(focusable)].indexOf(document.activeElement);
    old.replaceWith(fresh);
    fresh.querySelectorAll('.scroll, pre').forEach((e, i) => places[i] && ([e.scrollLeft, e.scrollTop] = places[i]));
    fresh.querySelectorAll(focusable)[focus]?.focus({ preventScroll: true });
  };

  const show = fresh => {
    const old = document.getElementById(fresh.id);
    if (old && isSelectedIn(old)) {
      waiting.set(fresh.id, fresh); // shown once the selection is gone
    } else if (old) {
      keep(old, fresh);
    }
  };

  document.addEventListener('selectionchange', () => {
    const parts = [...waiting.values()];
    waiting.clear();
    parts.forEach(show);
  });

  const listen = () => {
    if (document.hidden) { // nobody looks: BigQuery need not be asked
      stream?.close();
      stream = null;
    } else if (!stream) {
      stream = new EventSource('/live');
      stream.addEventListener('part', e => show(new DOMParser().parseFromString(e.data, 'text/html').body.firstElementChild));
      stream.onopen = () => delete document.documentElement.dataset.lost;
      stream.onerror = () => document.documentElement.dataset.lost = '';
    }
  };
  document.addEventListener('visibilitychange', listen);
  listen();
})();
