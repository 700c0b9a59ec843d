// Makes the form comfortable: conditional fields, a draft, upload progress, one submission at a time, and another try
// by itself when the server cannot be reached.
// Nothing here decides anything: the server shows, keeps and checks the same without it.
const draftKey = `draft ${location.pathname}`;

const number = text => {
  const plain = text.trim().replace('\u2212', '-');
  return /^[+-]?\d*,\d+$/.test(plain) && !/^[+-]?[1-9]\d{0,2},\d{3}$/.test(plain) ? plain.replace(',', '.') : plain;
};

function valueOf(field) {
  if (field.dataset.value !== undefined) {
    return JSON.parse(field.dataset.value) ?? undefined;
  }

  const inputs = [...field.querySelectorAll('input:not([type=hidden]):not([name^="_"]), select, textarea')];
  const on = inputs.filter(input => input.checked).map(input => input.value);
  if (!inputs.length) return undefined;
  switch (field.dataset.type) {
    case 'multiChoice': return on.length ? on : undefined;
    case 'boolean': return inputs[0].type === 'checkbox' ? inputs[0].checked : on.length ? on[0] === 'true' : undefined;
    case 'file': return inputs[0].files.length || field.querySelector('.kept') ? {} : undefined;
    case 'choice': return (inputs[0].type === 'radio' ? on[0] : inputs[0].value) || undefined;
    case 'number': case 'integer': {
      const text = number(inputs[0].value);
      return text === '' ? undefined : Number.isNaN(Number(text)) ? inputs[0].value : Number(text);
    }
    default: return inputs[0].value.trim() === '' ? undefined : inputs[0].value;
  }
}

const equal = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const order = (a, b) => typeof a === typeof b && (typeof a === 'number' || typeof a === 'string') ? (a < b ? -1 : +(a > b)) : NaN;

function holds(condition, values) {
  if (condition.all) return condition.all.every(part => holds(part, values));
  if (condition.any) return condition.any.some(part => holds(part, values));
  if (condition.not) return !holds(condition.not, values);
  const actual = condition.field.split('.').reduce((value, part) => value?.[part], values);
  const wanted = condition.equals ?? condition.value;
  switch (condition.op ?? 'eq') {
    case 'ne': return !equal(actual, wanted);
    case 'gt': return order(actual, wanted) > 0;
    case 'ge': return order(actual, wanted) >= 0;
    case 'lt': return order(actual, wanted) < 0;
    case 'le': return order(actual, wanted) <= 0;
    case 'in': return wanted.some(item => equal(item, actual));
    case 'contains': return Array.isArray(actual) ? actual.some(item => equal(item, wanted)) : typeof actual === 'string' && actual.includes(wanted);
    case 'exists': return (actual !== undefined) === ((wanted ?? true) === true);
    default: return equal(actual, wanted);
  }
}

function showFields(form) {
  const fields = [...form.querySelectorAll('[data-field]')];
  const all = Object.fromEntries(fields.map(field => [field.dataset.field, valueOf(field)]));
  let visible = new Set(fields);
  for (let round = 0; round < fields.length; round++) {
    const values = Object.fromEntries([...visible].map(field => [field.dataset.field, all[field.dataset.field]]));
    const next = new Set(fields.filter(field => !field.dataset.when || holds(JSON.parse(field.dataset.when), values)));
    const settled = next.size === visible.size && [...next].every(field => visible.has(field));
    visible = next;
    if (settled) break;
  }

  fields.forEach(field => field.toggleAttribute('data-hidden', !visible.has(field)));
}

const kept = form => [...form.elements].filter(input => input.name && !input.name.startsWith('_') && !['hidden', 'file', 'submit'].includes(input.type));

function saveDraft(form) {
  const draft = kept(form).map(input => [input.id, input.type === 'checkbox' || input.type === 'radio' ? input.checked : input.value]);
  try { sessionStorage.setItem(draftKey, JSON.stringify(draft)); } catch { /* no storage, no draft */ }
}

function restoreDraft(form) {
  try {
    for (const [id, value] of JSON.parse(sessionStorage.getItem(draftKey)) ?? []) {
      const input = document.getElementById(id);
      if (input?.form === form) input[typeof value === 'boolean' ? 'checked' : 'value'] = value;
    }
  } catch { /* no storage, no draft */ }
}

// What is typed is kept on the server, too, so that it can be finished on another device.
let keeping;
let keptTexts = '';

async function keep(form) {
  if (!document.contains(form) || form.querySelector('button[aria-disabled]')) return;
  const files = hasFiles(form);
  const body = new FormData(form);
  if (!files) {
    const texts = new URLSearchParams([...body].filter(([, value]) => typeof value === 'string')).toString();
    if (texts === keptTexts) return;
    keptTexts = texts;
  }

  try {
    const answer = await fetch(form.dataset.draft, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: form.enctype === 'multipart/form-data' ? body : new URLSearchParams(body),
    });
    if (!answer.ok) return;
    form.querySelector('[data-kept]').textContent = (await answer.json()).text;
    if (files) await showKeptFiles(form);
  } catch {
    // offline: the browser keeps it meanwhile, and the next change tries again
  }
}

// Files that were kept need not be sent again: their fields come back as the server has them.
async function showKeptFiles(form) {
  const page = new DOMParser().parseFromString(await (await fetch(location.href, { headers: { Accept: 'text/html' } })).text(), 'text/html');
  for (const field of form.querySelectorAll('[data-type=file]')) {
    const kept = page.querySelector(`[data-type=file][data-field="${CSS.escape(field.dataset.field)}"]`);
    if (kept && field.querySelector('input[type=file]').files.length) {
      const focused = field.contains(document.activeElement);
      field.replaceChildren(...kept.childNodes);
      if (focused) field.querySelector('input[type=file]').focus();
    }
  }
}

function keepSoon(form) {
  if (!form.dataset.draft) return;
  clearTimeout(keeping);
  keeping = setTimeout(() => keep(form), 2000);
}

const size = bytes => `${Math.round(bytes / 104857.6) / 10} MB`;

function tooLarge(form) {
  let all = 0;
  for (const input of form.querySelectorAll('input[type=file]')) {
    const max = Math.min(Number(input.dataset.max ?? Infinity), Number(form.dataset.maxFile));
    for (const file of input.files) {
      all += file.size;
      if (file.size > max || all > Number(form.dataset.maxAll)) {
        input.focus();
        return form.dataset.tooLarge.replace('{0}', file.name).replace('{1}', size(file.size > max ? max : form.dataset.maxAll));
      }
    }
  }
}

const hasFiles = form => [...form.querySelectorAll('input[type=file]')].some(input => input.files.length);

// The server says that it could do nothing now; the page, its values and its files stay, and go again as they are.
const busyNow = status => status === 0 || status === 429 || status === 502 || status === 503 || status === 504;

let attempt = 0;

function sendAgain(form, submitter, say, after) {
  const mine = ++attempt;
  const seconds = Math.min(after || 3, 60);
  say(form.dataset.failed);
  release(form);
  const again = () => {
    removeEventListener('online', again);
    if (mine === attempt && document.contains(form)) {
      attempt++;
      hold(form);
      say(form.dataset.again);
      send(form, submitter, say, seconds * 2);
    }
  };
  addEventListener('online', again);
  setTimeout(again, seconds * 1000);
}

function send(form, submitter, say, next = 3) {
  const fields = new FormData(form, submitter);
  const request = new XMLHttpRequest();
  request.open('POST', form.action);
  request.setRequestHeader('Accept', 'text/html');
  if (hasFiles(form)) {
    request.upload.onprogress = at => at.lengthComputable && say(`${form.dataset.sending} ${Math.floor(100 * at.loaded / at.total)} %`);
  }

  request.onerror = () => sendAgain(form, submitter, say, next);
  request.onload = () => {
    if (busyNow(request.status)) {
      sendAgain(form, submitter, say, Math.max(next, Number(request.getResponseHeader('Retry-After')) || 0));
      return;
    }

    if (request.responseURL !== form.action) {
      location.assign(request.responseURL);
      return;
    }

    const page = new DOMParser().parseFromString(request.responseText, 'text/html');
    document.title = page.title;
    document.querySelector('main').replaceWith(page.querySelector('main'));
    document.dispatchEvent(new Event('ht-page'));
    enhance(false);
  };
  request.send(form.enctype === 'multipart/form-data' ? fields : new URLSearchParams(fields));
}

const hold = form => form.querySelectorAll('button').forEach(button => button.setAttribute('aria-disabled', 'true'));
const release = form => form.querySelectorAll('button').forEach(button => button.removeAttribute('aria-disabled'));

// At the desk there is room for everything that was passed along.
function openDetails() {
  if (matchMedia('(min-width: 60rem)').matches) {
    document.querySelectorAll('.context details').forEach(details => { details.open = true; });
  }
}

function enhance(fresh) {
  openDetails();
  document.querySelector('main [autofocus]')?.focus();
  const form = document.querySelector('form#form');
  if (!form) return;
  if (fresh && !document.querySelector('#problems, #notice, #draft-title')) restoreDraft(form);
  showFields(form);
  const status = form.querySelector('[data-status]');
  const say = text => { status.textContent = text; };
  for (const kind of ['input', 'change']) {
    form.addEventListener(kind, () => { showFields(form); saveDraft(form); keepSoon(form); });
  }

  form.addEventListener('submit', event => {
    clearTimeout(keeping);
    if (event.submitter?.hasAttribute('formaction')) return;
    const busy = form.querySelector('button[aria-disabled]');
    const problem = busy ? undefined : tooLarge(form);
    if (busy || problem) {
      event.preventDefault();
      if (problem) say(problem);
      return;
    }

    event.preventDefault();
    attempt++;
    hold(form);
    say(form.dataset.sending);
    send(form, event.submitter, say);
  });
}

// A page that comes back from the browser's memory may be sent again.
addEventListener('pageshow', event => {
  const form = document.querySelector('form#form');
  if (event.persisted && form) { release(form); form.querySelector('[data-status]').textContent = ''; }
});

enhance(true);
