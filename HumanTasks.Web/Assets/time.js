// Says deadlines in the reader's own time zone and keeps "in 42 minutes" true while the page is open.
const units = [['day', 864e5], ['hour', 36e5], ['minute', 6e4]];
const lang = document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang; // 1 December 2026, as the server writes it
const words = new Intl.RelativeTimeFormat(lang);
const now = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' }).format(0, 'second'); // "now", "jetzt"

function localize(time) {
  const at = new Date(time.dateTime);
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' };
  const day = at.toDateString() === new Date().toDateString() ? {} : { day: 'numeric', month: 'long', year: 'numeric' };
  const span = time.querySelector('[data-day]');
  span.textContent = span.dataset.day.replace('{0}', new Intl.DateTimeFormat(lang, { ...day, ...clock }).format(at));
}

// Moments, with UTC in their title.
function localizeMoment(time) {
  const options = { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' };
  time.textContent = new Intl.DateTimeFormat(lang, options).format(new Date(time.dateTime));
}

// How long ago or how soon, with the exact time in the title.
function ago(time) {
  const span = new Date(time.dateTime) - Date.now();
  time.title = new Intl.DateTimeFormat(lang, { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'short' }).format(new Date(time.dateTime));
  const unit = units.find(([, size]) => Math.abs(span) >= size);
  time.textContent = unit ? words.format(Math.trunc(span / unit[1]), unit[0]) : span > 0 ? words.format(1, 'minute') : now;
}

function tick() {
  document.querySelectorAll('time[data-ago]').forEach(ago);
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

function start() {
  document.querySelectorAll('time[data-until]').forEach(localize);
  document.querySelectorAll('time[data-local]').forEach(localizeMoment);
  tick();
}

start();
document.addEventListener('ht-page', start);
setInterval(tick, 15000);
document.addEventListener('visibilitychange', tick);
