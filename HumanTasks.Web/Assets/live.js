// Keeps a page true while it is open: asks for it again and takes over what changed, and leaves focus, scrolling and what
// was chosen as they are. Nothing is asked while nobody looks, and 304 says that nothing changed.
const every = 4000;
const say = document.querySelector('[data-live-status]');
let etag = '';

function chosen(part) {
  return [...part.querySelectorAll('input[type=checkbox]:checked')].map(box => box.id);
}

function opened(part) {
  return [...part.querySelectorAll('details')].map(details => details.open);
}

function take(part, fresh) {
  if (part.innerHTML === fresh.innerHTML) return false;
  const focus = part.contains(document.activeElement) ? document.activeElement : undefined;
  const path = focus && { id: focus.id, href: focus.getAttribute('href') };
  const boxes = chosen(part);
  const details = opened(part);
  part.replaceChildren(...fresh.childNodes);
  boxes.forEach(id => { const box = document.getElementById(id); if (box && !box.disabled) box.checked = true; });
  part.querySelectorAll('details').forEach((item, i) => { if (details[i] !== undefined) item.open = details[i]; });
  if (path) {
    const again = (path.id && document.getElementById(path.id)) || (path.href && part.querySelector(`[href="${CSS.escape(path.href)}"]`));
    again?.focus({ preventScroll: true });
  }

  return true;
}

async function look() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html', ...(etag && { 'If-None-Match': etag }) } });
    if (answer.redirected && new URL(answer.url).pathname.includes('/studio/sign-in')) {
      location.assign(answer.url);
      return;
    }

    if (answer.status !== 200) return;
    const first = etag === '';
    etag = answer.headers.get('ETag') ?? '';
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const y = scrollY;
    let changed = false;
    for (const part of document.querySelectorAll('[data-live]')) {
      const fresh = page.getElementById(part.id);
      if (fresh && !part.querySelector('textarea:focus, input[type=text]:focus')) changed = take(part, fresh) || changed;
    }

    if (changed) {
      document.dispatchEvent(new Event('ht-page'));
      scrollTo({ top: y, behavior: 'instant' });
      if (say && !first) say.textContent = say.dataset.liveStatus.replace('{0}', new Date().toLocaleTimeString('en-GB'));
    }
  } catch {
    // offline for a moment: the next round asks again
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
if (!new URLSearchParams(location.search).has('said') || document.querySelector('[data-live]')) go();
for (const form of document.querySelectorAll('.tools')) {
  form.addEventListener('change', event => { if (event.target.matches('select, input[type=checkbox]') && !event.target.closest('details')) form.requestSubmit(); });
}
