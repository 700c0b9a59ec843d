// Follows the run that goes on, copies the correlation id, and prints.
const state = document.querySelector('[data-poll]');
const pause = ms => new Promise(done => setTimeout(done, ms));

async function follow() {
  let wait = 1000;
  for (let over = !state; !over;) {
    await pause(wait);
    if (document.hidden) {
      await new Promise(done => document.addEventListener('visibilitychange', done, { once: true }));
    }

    wait = Math.min(wait * 1.25, 15000);
    try {
      const answer = await fetch(state.dataset.poll, { headers: { Accept: 'application/json' } });
      if (answer.status === 404 || answer.status === 410) {
        return;
      }

      if (answer.ok) {
        const receipt = await answer.json();
        if (receipt.next) {
          location.replace(receipt.next);
          return;
        }

        const text = state.querySelector('[data-state-text]');
        if (text.textContent !== receipt.statusText) {
          state.className = `state ${receipt.status}`;
          text.textContent = receipt.statusText;
          state.querySelector('[data-state-detail]').textContent = receipt.statusDetail;
          wait = Math.min(wait, 2000);
        }

        over = receipt.isOver || !receipt.isFollowed;
      }
    } catch {
      // offline for a moment: the next round asks again
    }
  }
}

for (const button of document.querySelectorAll('[data-copy]')) {
  if (!navigator.clipboard) {
    break;
  }

  const label = button.textContent;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.parentElement.querySelector('[data-copy-text]').textContent);
    button.textContent = button.dataset.copied;
    button.parentElement.querySelector('[data-copy-status]').textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

try {
  sessionStorage.removeItem(`draft ${location.pathname.split('/responses/')[0]}`);
} catch {
  // no storage, no draft
}

follow();
