// Buttons that copy an ID. They are hidden without a script, which could not copy it.
function show() {
  if (navigator.clipboard) {
    document.querySelectorAll('button[data-copy]').forEach(button => { button.hidden = false; });
  }
}

document.addEventListener('click', async event => {
  const button = event.target.closest('button[data-copy]');
  if (button) {
    await navigator.clipboard.writeText(button.dataset.copy);
    const label = button.textContent;
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = label; }, 2000);
  }
});

show();
document.addEventListener('ht-page', show);
