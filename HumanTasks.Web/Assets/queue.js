// Counts what is chosen in a list and chooses a whole page at once. Without it the links and boxes do the same.
const form = document.getElementById('bulk');
const say = form?.querySelector('[data-chosen]');
const all = document.getElementById('all');
const boxes = () => [...form.querySelectorAll('[name=ids]:not(:disabled)')];

export function count() {
  if (!say) return;
  const chosen = boxes().filter(box => box.checked).length;
  const text = say.dataset.chosen.replace('{0}', all?.checked ? all.dataset.matching : chosen.toLocaleString(document.documentElement.lang));
  if (say.textContent !== text) say.textContent = text;
}

if (form) {
  form.addEventListener('change', event => {
    if (event.target === all && all.checked) boxes().forEach(box => { box.checked = true; });
    if (event.target.name === 'ids' && !event.target.checked && all) all.checked = false;
    count();
  });
  form.addEventListener('click', event => {
    if (!event.target.closest('[data-select-page]')) return;
    event.preventDefault();
    const free = boxes();
    const every = free.every(box => box.checked);
    free.forEach(box => { box.checked = !every; });
    if (every && all) all.checked = false;
    count();
  });
  document.addEventListener('ht-page', count);
  addEventListener('pageshow', count);
  count();
}
