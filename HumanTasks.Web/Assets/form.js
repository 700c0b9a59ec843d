// Makes the form comfortable: conditional fields, a draft, upload progress, one submission at a time, steps that the
// browser's way back knows, and another try by itself when the server cannot be reached.
// Nothing here decides anything: the server shows, keeps and checks the same without it.
import { addressOf, attribute, every, first, hasFiles, hasParts, on, showFields } from './fields.js';
import { keepNoMore, keepSoon, restoreDraft, saveDraft } from './drafts.js';

export { holds, isBlank, readNumber } from './fields.js';

function size(bytes) {
  const lang = document.documentElement.lang;
  const [by, unit] = bytes >= 1 << 20 ? [1 << 20, 'megabyte'] : bytes >= 1 << 10 ? [1 << 10, 'kilobyte'] : [1, 'byte'];
  const format = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1, useGrouping: false };
  const text = new Intl.NumberFormat({ ar: 'ar-u-nu-latn', pt: 'pt-PT' }[lang] ?? lang, format).format(bytes / by);
  return lang === 'en' ? text.replace('byte', 'B') : text;
}

function tooLarge(form) {
  let all = 0;
  for (const input of every(form, 'input[type=file]')) {
    const max = Math.min(Number(input.dataset.max ?? Infinity), Number(attribute(form, 'data-max-file')));
    for (const file of input.files) {
      all += file.size;
      if (file.size > max || all > Number(attribute(form, 'data-max-all'))) {
        input.focus();
        return attribute(form, 'data-too-large').replace('{0}', file.name).replace('{1}', size(file.size > max ? max : attribute(form, 'data-max-all')));
      }
    }
  }
}

// The server says that it could do nothing now; the page, its values and its files stay, and go again as they are.
const busyNow = status => status === 0 || status === 429 || status === 502 || status === 503 || status === 504;

// Each page of a form is an entry of the browser's history, so that the way back leads to the page before, never off the form.
const pageOf = form => first(form, '[name=_page]')?.value;
const isStep = address => address.pathname === location.pathname && address.searchParams.has('step');

function placeOf(page) {
  const address = new URL(location.href);
  address.searchParams.set('step', Number(page) + 1);
  for (const other of ['resume', 'problems', 'rows']) address.searchParams.delete(other);
  address.hash = '';
  return address;
}

let turning; // the request for a page that the way back or forward leads to

addEventListener('popstate', () => {
  const form = document.querySelector('form#form');
  const page = form && pageOf(form);
  const wanted = new URL(location.href).searchParams.get('step') - 1;
  if (!page || wanted < 0 || wanted === Number(page) || (first(form, 'button[aria-disabled]') && !turning)) return;
  turning?.abort();
  keepNoMore();
  attempt++;
  hold(form);
  turning = send(form, null, text => { first(form, '[data-status]').textContent = text; }, 3, String(wanted)); // with all that was typed
});

let attempt = 0;

function sendAgain(form, submitter, say, after, wanted) {
  const mine = ++attempt;
  const seconds = Math.min(after || 3, 60);
  say(attribute(form, 'data-failed'));
  release(form);
  const again = () => {
    removeEventListener('online', again);
    if (mine === attempt && document.contains(form)) {
      attempt++;
      hold(form);
      say(attribute(form, 'data-again'));
      send(form, submitter, say, seconds * 2, wanted);
    }
  };
  addEventListener('online', again);
  setTimeout(again, seconds * 1000);
}

function send(form, submitter, say, next = 3, wanted = undefined) {
  const fields = new FormData(form, submitter);
  if (wanted) fields.set('_go', wanted);
  const request = new XMLHttpRequest();
  const address = submitter?.hasAttribute('data-sends') ? submitter.formAction : addressOf(form);
  request.open('POST', address);
  request.setRequestHeader('Accept', 'text/html');
  if (hasFiles(form)) {
    request.upload.onprogress = at => at.lengthComputable && say(`${attribute(form, 'data-sending')} ${Math.floor(100 * at.loaded / at.total)} %`);
  }

  request.onerror = () => sendAgain(form, submitter, say, next, wanted);
  request.onload = () => {
    if (busyNow(request.status)) {
      sendAgain(form, submitter, say, Math.max(next, Number(request.getResponseHeader('Retry-After')) || 0), wanted);
      return;
    }

    if (request.responseURL !== address && !isStep(new URL(request.responseURL))) {
      location.assign(request.responseURL);
      return;
    }

    const page = new DOMParser().parseFromString(request.responseText, 'text/html');
    const main = page.querySelector('main');
    if (!main) { // a proxy on the way refused it, with a page of its own
      say(attribute(form, request.status === 413 ? 'data-too-much' : 'data-failed'));
      release(form);
      return;
    }

    const before = pageOf(form);
    turning = undefined;
    document.title = page.title;
    document.querySelector('main').replaceWith(main);
    const after = main.querySelector('[name=_page]')?.value;
    if (after && wanted) history.replaceState(null, '', placeOf(after));
    else if (after && after !== before) history.pushState(null, '', placeOf(after));
    document.dispatchEvent(new Event('ht-page'));
    enhance(false);
  };
  request.send(hasParts(form) ? fields : new URLSearchParams(fields));
  return request;
}

const hold = form => every(form, 'button').forEach(button => button.setAttribute('aria-disabled', 'true'));
const release = form => every(form, 'button').forEach(button => button.removeAttribute('aria-disabled'));

// At the desk there is room for everything that was passed along.
function openDetails() {
  if (matchMedia('(min-width: 60rem)').matches) {
    document.querySelectorAll('.context details').forEach(details => { details.open = true; });
  }
}

// The options of a column come once for all its rows; each cell becomes a dropdown with them.
function makeDropdowns() {
  for (const input of document.querySelectorAll('input[data-options]')) {
    const list = document.getElementById(input.dataset.options);
    const select = document.createElement('select');
    for (const { name, value } of input.attributes) {
      if (['id', 'name', 'required'].includes(name) || name.startsWith('aria-')) select.setAttribute(name, value);
    }

    // an input of one line has no line breaks, which an option may have
    const given = input.value === input.defaultValue.replace(/[\r\n]/g, '') ? input.defaultValue : input.value;
    select.add(new Option(list.dataset.choose, ''));
    for (const { text, value } of list.options) {
      const isChosen = value === given || text === given;
      select.add(new Option(text, value, isChosen, isChosen));
    }

    input.replaceWith(select);
  }
}

document.documentElement.classList.toggle('no-cookies', !navigator.cookieEnabled);

function enhance(fresh, focuses = true) {
  openDetails();
  makeDropdowns();
  if (focuses) document.querySelector('main [autofocus]')?.focus();
  const form = document.querySelector('form#form');
  if (!form) return;
  if (fresh && !document.querySelector('#problems, #notice, #draft-title')) restoreDraft(form);
  if (fresh && pageOf(form)) history.replaceState(null, '', placeOf(pageOf(form)));
  showFields(form);
  const status = first(form, '[data-status]');
  const say = text => { status.textContent = text; };
  for (const kind of ['input', 'change']) {
    on(form, kind, () => { showFields(form); saveDraft(form); keepSoon(form); });
  }

  on(form, 'submit', event => {
    keepNoMore();
    if (event.submitter?.matches('[formaction]:not([data-sends])')) return;
    const busy = first(form, 'button[aria-disabled]');
    const problem = busy ? undefined : tooLarge(form);
    if (busy || problem) {
      event.preventDefault();
      if (problem) say(problem);
      return;
    }

    event.preventDefault();
    attempt++;
    hold(form);
    say(attribute(form, 'data-sending'));
    send(form, event.submitter, say);
  });
}

// A form that came while the page was open takes no focus.
document.addEventListener('ht-form', () => enhance(true, false));

// A page that comes back from the browser's memory may be sent again.
addEventListener('pageshow', event => {
  const form = document.querySelector('form#form');
  if (event.persisted && form) { release(form); first(form, '[data-status]').textContent = ''; }
});

enhance(true);
