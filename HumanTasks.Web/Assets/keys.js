// Keyboard shortcuts for those who want them: never while somebody types, and none of a single key once they are switched off
// in this browser (WCAG 2.1.4). The sheet lists them; its link is shown where this script runs.
const name = 'ht-keys';
const sheet = document.getElementById('keys');
const isTyping = target => target.closest?.('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');
const rows = () => [...document.querySelectorAll('.rows tbody th a, .cards h2 a')];

function isOn() {
  try {
    return localStorage.getItem(name) !== 'off';
  } catch {
    return true; // nothing is stored, so nothing was switched off
  }
}

function show() {
  sheet.querySelector('input').checked = isOn();
  sheet.showModal();
}

// To the next or previous task: of the list that is shown, or of the one beside the task that is open.
function move(by) {
  const links = rows();
  if (links.length === 0) {
    document.querySelector(by > 0 ? '[data-next]' : '[data-previous]')?.click();
    return;
  }

  const at = links.findIndex(link => link.closest('tr, li').contains(document.activeElement));
  const to = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1)];
  to.focus();
  to.scrollIntoView({ block: 'nearest' });
}

function choose() {
  document.activeElement.closest('tr, .cards > li')?.querySelector('[name=ids]:not(:disabled)')?.click();
}

const keys = {
  '/': () => { const search = document.getElementById('search'); search?.focus(); search?.select(); return search; },
  j: () => move(1),
  k: () => move(-1),
  x: choose,
  '?': show,
};

function send(event) {
  const form = event.target.closest?.('form#form') ?? document.querySelector('form#form');
  const button = form?.querySelector('[data-sends]') ?? form?.querySelector('.actions .main');
  if (!button) return;
  event.preventDefault();
  form.requestSubmit(button);
}

addEventListener('keydown', event => {
  if (event.defaultPrevented || event.isComposing || sheet.open || document.querySelector('.menu[open]')) return;
  if (event.key === 'Enter' && event.ctrlKey && !event.altKey && !event.metaKey) {
    if (!event.target.closest?.('form:not(#form)')) send(event);
    return;
  }

  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target) || !isOn()) return;
  const act = Object.hasOwn(keys, event.key) && keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

for (const link of document.querySelectorAll('[data-keys]')) {
  link.hidden = false;
  link.addEventListener('click', show);
}

sheet.querySelector('input').addEventListener('change', event => {
  try {
    localStorage.setItem(name, event.target.checked ? 'on' : 'off');
  } catch {
    // it holds for this page only where nothing may be stored
  }
});
sheet.addEventListener('click', event => { if (event.target === sheet) sheet.close(); });
