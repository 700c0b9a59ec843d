// Counts down until another code may be sent.
for (const line of document.querySelectorAll('[data-wait]')) {
  let left = Number(line.dataset.wait);
  const clock = setInterval(() => {
    left--;
    line.textContent = left > 0 ? line.dataset.waitText.replace('{0}', left) : '';
    if (left <= 0) clearInterval(clock);
  }, 1000);
}

document.querySelector('#notice')?.focus();
