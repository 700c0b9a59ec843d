// Keeps what is typed: in this browser at once, and on the server a little later, so that it can be finished on another device.
import { attribute, every, first, hasFiles, hasParts } from './fields.js';

const draftKey = `draft ${location.pathname}`;

const kept = form => every(form, 'input, select, textarea')
  .filter(input => input.name && !input.name.startsWith('_') && !['hidden', 'file', 'submit'].includes(input.type));

// With the language of its numbers: 1.250 of a German page is another number on an English one.
export function saveDraft(form) {
  const typed = kept(form).map(input => [input.id, input.type === 'checkbox' || input.type === 'radio' ? input.checked : input.value]);
  try { sessionStorage.setItem(draftKey, JSON.stringify({ lang: attribute(form, 'lang'), typed })); } catch { /* no storage, no draft */ }
}

export function restoreDraft(form) {
  try {
    const { lang, typed } = JSON.parse(sessionStorage.getItem(draftKey)) ?? {};
    if (lang !== attribute(form, 'lang')) return;
    for (const [id, value] of typed) {
      const input = document.getElementById(id);
      if (input?.form === form) input[typeof value === 'boolean' ? 'checked' : 'value'] = value;
    }
  } catch { /* no storage, no draft */ }
}

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

export function keepSoon(form) {
  if (!attribute(form, 'data-draft')) return;
  clearTimeout(keeping);
  keeping = setTimeout(() => keep(form), 2000);
}

export const keepNoMore = () => clearTimeout(keeping);
