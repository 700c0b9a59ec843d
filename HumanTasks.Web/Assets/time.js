// Says deadlines in the reader's own time zone and keeps "in 42 minutes" true while the page is open.
const units = [['day', 864e5, 36e5], ['hour', 36e5, 6e4], ['minute', 6e4, 6e4]];
const own = document.documentElement.lang;
const lang = { en: 'en-GB', ar: 'ar-u-nu-latn', pt: 'pt-PT' }[own] ?? own; // 1 December 2026, as the server writes it
const words = new Intl.RelativeTimeFormat(lang);
const now = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' }).format(0, 'second'); // "now", "jetzt"

const longDay = { day: 'numeric', month: 'long', year: 'numeric' };
const between = { ja: ' ', 'zh-Hans': ' ', ar: '، ' }[own] ?? ', ';

// As the server writes a day, a time of day and a zone: French with "1er", Chinese with the zone first.
function written(at, withDay = true, seconds = {}) {
  const clock = { hour: '2-digit', minute: '2-digit', ...seconds, hourCycle: 'h23' };
  const zoned = name => new Intl.DateTimeFormat(lang, { ...clock, timeZoneName: name }).formatToParts(at).find(part => part.type === 'timeZoneName').value;
  const zone = zoned('short') === 'UTC' ? 'UTC' : zoned('longGeneric');
  const hours = new Intl.DateTimeFormat('en-GB', clock).format(at);
  const time = own === 'zh-Hans' ? `${zone} ${hours}` : `${hours} ${zone}`;
  const day = new Intl.DateTimeFormat(lang, longDay).format(at);
  return withDay ? `${own === 'fr' ? day.replace(/^1 /, '1er ') : day}${between}${time}` : time;
}

function localize(time) {
  const at = new Date(time.dateTime);
  const span = time.querySelector('[data-day]');
  span.textContent = span.dataset.day.replace('{0}', written(at, at.toDateString() !== new Date().toDateString()));
}

// Moments, with UTC in their title.
function localizeMoment(time) {
  time.textContent = written(new Date(time.dateTime), true, time.dataset.local === 'second' ? { second: '2-digit' } : {});
}

// As people round: 47.9 hours are 2 days. The largest unit of which there are enough, once the next smaller one is rounded.
const unitOf = (span, few) => units.find(([, size, smaller], i) => Math.round(span / smaller) * smaller >= size * (i < 2 ? few : 1));

// How long ago or how soon, with the exact time in the title.
function ago(time) {
  const span = new Date(time.dateTime) - Date.now();
  time.title = written(new Date(time.dateTime), true, { second: '2-digit' });
  const unit = unitOf(Math.abs(span), 1);
  time.textContent = unit ? words.format(Math.round(span / unit[1]), unit[0]) : span > 0 ? words.format(1, 'minute') : now;
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

    const unit = unitOf(left, 2);
    if (unit) {
      span.textContent = `(${words.format(Math.round(left / unit[1]), unit[0])})`;
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
