// Counts down until another code may be sent.
const category = new Intl.PluralRules(document.documentElement.lang);
for (const line of document.querySelectorAll('[data-wait]')) {
  const texts = JSON.parse(line.dataset.waitTexts);
  let left = Number(line.dataset.wait);
  const clock = setInterval(() => {
    left--;
    line.textContent = left > 0 ? (texts[category.select(left)] ?? texts.other).replace('{0}', left) : '';
    if (left <= 0) clearInterval(clock);
  }, 1000);
}

document.querySelector('#notice')?.focus();
