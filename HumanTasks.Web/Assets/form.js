// Makes the form comfortable: conditional fields, a draft, upload progress, one submission at a time, and another try
// by itself when the server cannot be reached.
// Nothing here decides anything: the server shows, keeps and checks the same without it.
const draftKey = `draft ${location.pathname}`;

// A field may be called like any member of a form (action, elements, querySelector), and the form then answers with its
// input. So nothing is asked of the form itself: attributes and methods are those of the prototypes.
const attribute = (form, name) => Element.prototype.getAttribute.call(form, name);
const first = (form, selector) => Element.prototype.querySelector.call(form, selector);
const every = (form, selector) => [...Element.prototype.querySelectorAll.call(form, selector)];
const on = (form, kind, then) => EventTarget.prototype.addEventListener.call(form, kind, then);
const addressOf = form => new URL(attribute(form, 'action'), location.href).href;
const hasParts = form => attribute(form, 'enctype') === 'multipart/form-data';

const isDigit = code => /\p{Nd}/u.test(String.fromCharCode(code));

// The digits of other alphabets stand in a row from 0 to 9.
function inLatin(character) {
  const code = character.charCodeAt(0);
  if (character.length > 1 || !isDigit(code)) return character;
  let zero = code;
  while (isDigit(zero - 1)) zero--;
  return code - zero;
}

// Reads a number by the table of the page's language, which the server sent along and reads by itself; undefined for none,
// and for one that can be read in two ways.
export function readNumber(text, table, thousandths = false) {
  let plain = text.trim().replace(/[^\p{ASCII}]/gu, inLatin);
  for (const [mark, others] of Object.entries(table.marks)) plain = plain.replaceAll(new RegExp(`[${others}]`, 'gu'), mark);
  if (!thousandths && new RegExp(table.twoWays, 'u').test(plain)) return undefined;
  const parts = table.ways.map(way => new RegExp(way, 'u').exec(plain)).find(way => way);
  if (!parts) return undefined;
  const whole = parts[2].replace(/[^0-9]/g, '') || '0';
  return BigInt(whole) < 2n ** 96n ? Number(`${parts[1]}${whole}.${parts[3] || 0}`) : undefined; // more is no number for the server
}

const tables = new WeakMap();

function tableOf(form) {
  if (!tables.has(form)) tables.set(form, JSON.parse(attribute(form, 'data-numbers')));
  return tables.get(form);
}

// Nothing to see: white space and characters without a width.
export const isBlank = text => /^[\p{White_Space}\p{Default_Ignorable_Code_Point}]*$/u.test(text);
const isNothing = value => value === undefined || value === null || (typeof value === 'string' && isBlank(value)) || (Array.isArray(value) && !value.length);
const isEmpty = value => value === false || isNothing(value);

const written = /^(\d{4})-(\d\d)-(\d\d)[t ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:z|([+-])([01]\d|2[0-3])(?::?([0-5]\d))?)$/i;
const minute = 60000;

// A moment with an offset as the server compares it: in parts of 100 nanoseconds; undefined for another text.
function instantOf(text) {
  const parts = typeof text === 'string' ? written.exec(text) : null;
  if (!parts) return undefined;
  const [year, month, day, hours, minutes, seconds = 0] = parts.slice(1, 7).map(part => Number(part ?? 0));
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  at.setUTCHours(hours, minutes);
  const isReal = year > 0 && at.getUTCMonth() === month - 1 && at.getUTCDate() === day && hours < 24 && minutes < 60;
  const offset = (parts[8] === '-' ? -minute : minute) * (60 * Number(parts[9] ?? 0) + Number(parts[10] ?? 0));
  const utc = at.getTime() - offset;
  const isLeap = seconds === 60 && new Date(utc).toISOString().endsWith('23:59:00.000Z');
  if (!isReal || (seconds > 59 && !isLeap)) return undefined;
  return BigInt(utc + 1000 * seconds) * 10000n + BigInt((parts[7] ?? '').padEnd(7, '0').slice(0, 7));
}

const clocks = new Map();

// How far the clocks of a zone are ahead of UTC at a moment.
function offsetAt(zone, at) {
  if (!clocks.has(zone)) {
    clocks.set(zone, new Intl.DateTimeFormat('en-u-ca-iso8601-hc-h23-nu-latn', {
      timeZone: zone, year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    }));
  }

  const shown = Object.fromEntries(clocks.get(zone).formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute, shown.second) - 1000 * Math.floor(at / 1000);
}

// Of a time that a zone has twice the first, and none of a time that its clocks leave out.
function inUtc(text, zone) {
  const wall = instantOf(`${text}Z`);
  if (wall === undefined) return text;
  const at = Number(wall / 10000n);
  const moments = [at - 1440 * minute, at + 1440 * minute].map(near => at - offsetAt(zone, near)).sort((a, b) => a - b);
  const found = moments.find(moment => offsetAt(zone, moment) === at - moment);
  return found === undefined ? text : normalMoment(BigInt(found) * 10000n + wall % 10000n);
}

function normalMoment(instant) {
  const rest = String(instant % 10000000n).padStart(7, '0').replace(/0+$/, '');
  return `${new Date(Number(instant / 10000n)).toISOString().slice(0, 19)}${rest && '.'}${rest}Z`;
}

// Dates, times and moments in the form in which the server compares them.
function normal(type, text, field) {
  if (typeof text !== 'string') return text;
  const plain = text.trim();
  if (type === 'time') return /^\d\d:\d\d$/.test(plain) ? `${plain}:00` : /^\d\d:\d\d:\d\d\.\d{1,7}$/.test(plain) ? plain.replace(/\.?0*$/, '') : plain;
  if (type !== 'dateTime') return type === 'date' ? plain : text;
  const instant = instantOf(plain);
  if (instant !== undefined) return normalMoment(instant);
  return /^\d{4}-\d\d-\d\dT/.test(plain) ? inUtc(plain, attribute(field.closest('#form'), 'data-zone')) : text;
}

function rowsOf(table) {
  const rows = [...table.querySelectorAll('.row')]
    .map(row => [...row.querySelectorAll('[data-field]')]
      .map(cell => [cell.dataset.field.split('.')[2], valueOf(cell)])
      .filter(([, value]) => value !== undefined))
    .filter(cells => cells.some(([, value]) => !isEmpty(value)))
    .map(cells => Object.fromEntries(cells));
  return rows.length ? rows : undefined;
}

function valueOf(field) {
  if (field.dataset.value !== undefined) {
    return normal(field.dataset.read, JSON.parse(field.dataset.value) ?? undefined, field);
  }

  if (field.dataset.read === 'rows') return rowsOf(field);

  const inputs = [...field.querySelectorAll('input:not([type=hidden]):not([name^="_"]), select, textarea')];
  const chosen = inputs.filter(input => input.checked).map(input => input.value);
  if (!inputs.length) return undefined;
  const text = inputs[0].type === 'radio' ? chosen[0] ?? '' : inputs[0].value;
  switch (field.dataset.read) {
    case 'list': return chosen.length ? chosen : undefined;
    case 'truth': return inputs[0].type === 'checkbox' ? inputs[0].checked : chosen.length ? chosen[0] === 'true' : undefined;
    case 'files': return inputs[0].files.length || field.querySelector('.kept') ? {} : undefined;
    case 'number':
      if (isBlank(text)) return undefined;
      return inputs[0].type === 'radio' ? Number(text) : readNumber(text, tableOf(inputs[0].form), field.dataset.thousandths !== undefined) ?? text;
    case 'dateTime': case 'time': case 'date': {
      // the input shows no offset and no parts of a second; what nobody changed is the exact value that comes before it
      const exact = field.querySelector('input[type=hidden]');
      return isBlank(inputs[0].value) ? undefined : normal(field.dataset.read, exact && inputs[0].value === inputs[0].defaultValue ? exact.value : inputs[0].value, field);
    }
    default: return isBlank(text) ? undefined : text;
  }
}

const atOnce = (a, b) => {
  const instants = [instantOf(a), instantOf(b)];
  return instants.includes(undefined) ? [a, b] : instants;
};

function equal(a, b) {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, at) => equal(item, b[at]));
  const [one, other] = atOnce(a ?? null, b ?? null);
  return typeof one === 'bigint' ? one === other : JSON.stringify(one) === JSON.stringify(other);
}

const order = (one, other) => inOrder(...atOnce(one, other));
const inOrder = (a, b) => typeof a === typeof b && ['number', 'string', 'bigint'].includes(typeof a) ? (a < b ? -1 : +(a > b)) : NaN;

// Only what stands in the values themselves: a name such as constructor leads nowhere.
function find(path, values) {
  const [root, ...parts] = path.split('.');
  const step = (value, part) => Array.isArray(value)
    ? /^\d+$/.test(part) ? value[Number(part)] : undefined
    : value !== null && typeof value === 'object' && Object.hasOwn(value, part) ? value[part] : undefined;
  return parts.reduce(step, values.get(root));
}

export function holds(condition, values) {
  if (condition.all) return condition.all.every(part => holds(part, values));
  if (condition.any) return condition.any.some(part => holds(part, values));
  if (condition.not) return !holds(condition.not, values);
  const actual = find(condition.field, values);
  const wanted = condition.equals ?? condition.value;
  switch (condition.op ?? 'eq') {
    case 'ne': return !equal(actual, wanted);
    case 'gt': return order(actual, wanted) > 0;
    case 'ge': return order(actual, wanted) >= 0;
    case 'lt': return order(actual, wanted) < 0;
    case 'le': return order(actual, wanted) <= 0;
    case 'in': return wanted.some(item => equal(item, actual));
    case 'contains': return Array.isArray(actual) ? actual.some(item => equal(item, wanted)) : typeof actual === 'string' && typeof wanted === 'string' && actual.includes(wanted);
    case 'exists': return !isNothing(actual) === ((wanted ?? true) === true);
    default: return equal(actual, wanted);
  }
}

function showFields(form) {
  const fields = every(form, '[data-field]').filter(field => !Element.prototype.closest.call(field.parentElement, '[data-field]'));
  const all = new Map(fields.map(field => [field.dataset.field, valueOf(field)]));
  let visible = new Set(fields);
  for (let round = 0; round < fields.length; round++) {
    const values = new Map([...visible].map(field => [field.dataset.field, all.get(field.dataset.field)]));
    const next = new Set(fields.filter(field => !field.dataset.when || holds(JSON.parse(field.dataset.when), values)));
    const settled = next.size === visible.size && [...next].every(field => visible.has(field));
    visible = next;
    if (settled) break;
  }

  fields.forEach(field => field.toggleAttribute('data-hidden', !visible.has(field)));
}

const kept = form => every(form, 'input, select, textarea')
  .filter(input => input.name && !input.name.startsWith('_') && !['hidden', 'file', 'submit'].includes(input.type));

// With the language of its numbers: 1.250 of a German page is another number on an English one.
function saveDraft(form) {
  const typed = kept(form).map(input => [input.id, input.type === 'checkbox' || input.type === 'radio' ? input.checked : input.value]);
  try { sessionStorage.setItem(draftKey, JSON.stringify({ lang: attribute(form, 'lang'), typed })); } catch { /* no storage, no draft */ }
}

function restoreDraft(form) {
  try {
    const { lang, typed } = JSON.parse(sessionStorage.getItem(draftKey)) ?? {};
    if (lang !== attribute(form, 'lang')) return;
    for (const [id, value] of typed) {
      const input = document.getElementById(id);
      if (input?.form === form) input[typeof value === 'boolean' ? 'checked' : 'value'] = value;
    }
  } catch { /* no storage, no draft */ }
}

// What is typed is kept on the server, too, so that it can be finished on another device.
let keeping;
let keptTexts = '';

async function keep(form) {
  if (!document.contains(form) || first(form, 'button[aria-disabled]')) return;
  const files = hasFiles(form);
  const body = new FormData(form);
  if (!files) {
    const texts = new URLSearchParams([...body].filter(([, value]) => typeof value === 'string')).toString();
    if (texts === keptTexts) return;
    keptTexts = texts;
  }

  try {
    const answer = await fetch(attribute(form, 'data-draft'), {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: hasParts(form) ? body : new URLSearchParams(body),
    });
    if (answer.status === 410) first(form, '[data-kept]').textContent = (await answer.json()).detail; // before more is typed in vain
    if (!answer.ok) return;
    sayKept(first(form, '[data-kept]'), (await answer.json()).savedAt);
    if (files) await showKeptFiles(form);
  } catch {
    // offline: the browser keeps it meanwhile, and the next change tries again
  }
}

// In the reader's own time zone, like all other times of the page.
function sayKept(where, savedAt) {
  const [before, after] = where.dataset.kept.split('{0}');
  const time = document.createElement('time');
  Object.assign(time, { dateTime: savedAt, title: savedAt });
  time.dataset.local = '';
  where.replaceChildren(before, time, after);
  document.dispatchEvent(new Event('ht-page'));
}

// Files that were kept need not be sent again: their fields come back as the server has them.
async function showKeptFiles(form) {
  const page = new DOMParser().parseFromString(await (await fetch(location.href, { headers: { Accept: 'text/html' } })).text(), 'text/html');
  for (const field of every(form, '[data-read=files]')) {
    const kept = page.querySelector(`[data-read=files][data-field="${CSS.escape(field.dataset.field)}"]`);
    if (kept && field.querySelector('input[type=file]').files.length) {
      const focused = field.contains(document.activeElement);
      field.replaceChildren(...kept.childNodes);
      if (focused) field.querySelector('input[type=file]').focus();
    }
  }
}

function keepSoon(form) {
  if (!attribute(form, 'data-draft')) return;
  clearTimeout(keeping);
  keeping = setTimeout(() => keep(form), 2000);
}

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

const hasFiles = form => every(form, 'input[type=file]').some(input => input.files.length);

// The server says that it could do nothing now; the page, its values and its files stay, and go again as they are.
const busyNow = status => status === 0 || status === 429 || status === 502 || status === 503 || status === 504;

let attempt = 0;

function sendAgain(form, submitter, say, after) {
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
      send(form, submitter, say, seconds * 2);
    }
  };
  addEventListener('online', again);
  setTimeout(again, seconds * 1000);
}

function send(form, submitter, say, next = 3) {
  const fields = new FormData(form, submitter);
  const request = new XMLHttpRequest();
  request.open('POST', addressOf(form));
  request.setRequestHeader('Accept', 'text/html');
  if (hasFiles(form)) {
    request.upload.onprogress = at => at.lengthComputable && say(`${attribute(form, 'data-sending')} ${Math.floor(100 * at.loaded / at.total)} %`);
  }

  request.onerror = () => sendAgain(form, submitter, say, next);
  request.onload = () => {
    if (busyNow(request.status)) {
      sendAgain(form, submitter, say, Math.max(next, Number(request.getResponseHeader('Retry-After')) || 0));
      return;
    }

    if (request.responseURL !== addressOf(form)) {
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

    document.title = page.title;
    document.querySelector('main').replaceWith(main);
    document.dispatchEvent(new Event('ht-page'));
    enhance(false);
  };
  request.send(hasParts(form) ? fields : new URLSearchParams(fields));
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

function enhance(fresh) {
  openDetails();
  makeDropdowns();
  document.querySelector('main [autofocus]')?.focus();
  const form = document.querySelector('form#form');
  if (!form) return;
  if (fresh && !document.querySelector('#problems, #notice, #draft-title')) restoreDraft(form);
  showFields(form);
  const status = first(form, '[data-status]');
  const say = text => { status.textContent = text; };
  for (const kind of ['input', 'change']) {
    on(form, kind, () => { showFields(form); saveDraft(form); keepSoon(form); });
  }

  on(form, 'submit', event => {
    clearTimeout(keeping);
    if (event.submitter?.hasAttribute('formaction')) return;
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

// A page that comes back from the browser's memory may be sent again.
addEventListener('pageshow', event => {
  const form = document.querySelector('form#form');
  if (event.persisted && form) { release(form); first(form, '[data-status]').textContent = ''; }
});

enhance(true);
