// Keeps a page true while it is open: asks for it again and takes over what changed, and leaves focus, scrolling, what was
// chosen and what was typed as they are. Nothing is asked while nobody looks, and 304 says that nothing changed.
const every = 4000;
const patience = 10000;
const say = document.querySelector('[data-live-status]');
let etag = '';
let seen = new Date();
let isLost = false;

function chosen(part) {
  return [...part.querySelectorAll('input[type=checkbox]:checked')].map(box => box.id);
}

function opened(part) {
  return [...part.querySelectorAll('details')].map(details => details.open);
}

// Whether somebody is at work in a part: it has the focus, an open menu, or something that was typed or chosen.
function isInUse(part) {
  if (part.contains(document.activeElement) || part.querySelector('.menu[open]')) return true;
  return [...part.querySelectorAll('input, textarea, select')].some(field =>
    field.type === 'hidden' ? false
    : field.options ? [...field.options].some((option, i) => option.selected !== (option.defaultSelected || (!field.multiple && i === 0 && ![...field.options].some(other => other.defaultSelected))))
    : field.type === 'checkbox' || field.type === 'radio' ? field.checked !== field.defaultChecked
    : field.type === 'file' ? field.files.length > 0
    : field.value !== field.defaultValue);
}

// A part with a state of its own, such as a form, is replaced as a whole when the state changes, and never under somebody's hands.
function takeWhole(part, fresh) {
  if (part.dataset.state === fresh.dataset.state) return false;
  if (isInUse(part)) {
    if (!part.dataset.changed || part.querySelector('[data-outdated]')) return false;
    const notice = document.createElement('section');
    const text = document.createElement('p');
    const link = document.createElement('a');
    notice.className = 'notice';
    notice.dataset.outdated = '';
    notice.setAttribute('role', 'status');
    text.textContent = part.dataset.changed;
    link.textContent = part.dataset.show;
    link.href = location.href.split('#')[0];
    notice.append(text, link);
    part.prepend(notice);
    return true;
  }

  part.dataset.state = fresh.dataset.state;
  part.replaceChildren(...fresh.childNodes);
  document.dispatchEvent(new Event('ht-form'));
  return true;
}

function take(part, fresh) {
  if (part.innerHTML === fresh.innerHTML) return false;
  const focus = part.contains(document.activeElement) ? document.activeElement : undefined;
  const path = focus && { id: focus.id, href: focus.getAttribute('href') };
  const boxes = chosen(part);
  const details = opened(part);
  const top = part.scrollTop;
  part.replaceChildren(...fresh.childNodes);
  part.scrollTop = top;
  boxes.forEach(id => { const box = document.getElementById(id); if (box && !box.disabled) box.checked = true; });
  part.querySelectorAll('details').forEach((item, i) => { if (details[i] !== undefined) item.open = details[i]; });
  if (path) {
    const again = (path.id && document.getElementById(path.id)) || (path.href && part.querySelector(`[href="${CSS.escape(path.href)}"]`));
    again?.focus({ preventScroll: true });
  }

  return true;
}

const time = (at, options) => at.toLocaleTimeString('en-GB', options);

function lost() {
  if (!say || isLost) return;
  isLost = true;
  say.classList.add('lost');
  say.textContent = say.dataset.liveLost.replace('{0}', time(seen, { hour: '2-digit', minute: '2-digit' }));
}

function found() {
  seen = new Date();
  if (!isLost) return;
  isLost = false;
  say.classList.remove('lost');
  say.textContent = '';
}

async function look() {
  let answer;
  try {
    answer = await fetch(location.href, {
      headers: { Accept: 'text/html', ...(etag && { 'If-None-Match': etag }) },
      signal: AbortSignal.timeout(patience),
    });
    if (answer.redirected && new URL(answer.url).pathname.includes('/studio/sign-in')) {
      location.assign(answer.url);
      return;
    }

    if (answer.status >= 500 || answer.status === 429) return lost();
    const text = answer.status === 200 ? await answer.text() : '';
    found();
    if (text) refresh(new DOMParser().parseFromString(text, 'text/html'), answer.headers.get('ETag') ?? '');
  } catch {
    lost(); // the next round asks again
  }
}

function refresh(page, tag) {
  const first = etag === '';
  etag = tag;
  const y = scrollY;
  let changed = false;
  document.title = page.title;
  for (const part of document.querySelectorAll('[data-live]')) {
    const fresh = page.getElementById(part.id);
    if (!fresh) continue;
    if (part.dataset.state !== undefined) changed = takeWhole(part, fresh) || changed;
    else if (!part.querySelector('textarea:focus, input[type=text]:focus')) changed = take(part, fresh) || changed;
  }

  if (changed) {
    document.dispatchEvent(new Event('ht-page'));
    scrollTo({ top: y, behavior: 'instant' });
    if (say && !first) say.textContent = say.dataset.liveStatus.replace('{0}', time(new Date()));
  }
}

async function go() {
  for (;;) {
    await new Promise(done => setTimeout(done, every));
    if (document.hidden) await new Promise(done => document.addEventListener('visibilitychange', done, { once: true }));
    await look();
  }
}

document.querySelector('#notice, #problems')?.focus();
document.querySelector('.aside [aria-current]')?.scrollIntoView({ block: 'nearest' });
if (!new URLSearchParams(location.search).has('said') || document.querySelector('[data-live]')) go();
for (const form of document.querySelectorAll('.tools')) {
  form.addEventListener('change', event => { if (event.target.matches('select, input[type=checkbox]') && !event.target.closest('details')) form.requestSubmit(); });
}
