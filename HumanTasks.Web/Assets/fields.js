// What stands in the fields of a form, as the server reads it, and which of them are asked.

// A field may be called like any member of a form (action, elements, querySelector), and the form then answers with its
// input. So nothing is asked of the form itself: attributes and methods are those of the prototypes.
export const attribute = (form, name) => Element.prototype.getAttribute.call(form, name);
export const first = (form, selector) => Element.prototype.querySelector.call(form, selector);
export const every = (form, selector) => [...Element.prototype.querySelectorAll.call(form, selector)];
export const on = (form, kind, then) => EventTarget.prototype.addEventListener.call(form, kind, then);
export const addressOf = form => new URL(attribute(form, 'action'), location.href).href;
export const hasParts = form => attribute(form, 'enctype') === 'multipart/form-data';

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

export function showFields(form) {
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

export const hasFiles = form => every(form, 'input[type=file]').some(input => input.files.length);
