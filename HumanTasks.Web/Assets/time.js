// Keeps "in 42 minutes" true while the page is open, and adds the reader's own time of day.
const units = [['day', 864e5], ['hour', 36e5], ['minute', 6e4]];
const lang = document.documentElement.lang;
const words = new Intl.RelativeTimeFormat(lang);

function tick() {
  for (const time of document.querySelectorAll('time[data-until]')) {
    const left = new Date(time.dateTime) - Date.now();
    const span = time.querySelector('[data-left]');
    if (left <= 0) {
      span.textContent = `(${time.dataset.over})`;
      continue;
    }

    const unit = units.find(([, size], i) => left >= size * (i < 2 ? 2 : 1));
    if (unit) {
      span.textContent = `(${words.format(Math.floor(left / unit[1]), unit[0])})`;
    }
  }
}

tick();
setInterval(tick, 15000);
document.addEventListener('visibilitychange', tick);
