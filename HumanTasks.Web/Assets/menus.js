// Menus close by Escape, which gives the focus back to their button, and by a click or a focus beside them.
const open = () => [...document.querySelectorAll('details.menu[open]')];
const closeBeside = event => open().forEach(menu => { if (!menu.contains(event.target)) menu.open = false; });

addEventListener('pointerdown', closeBeside);
addEventListener('focusin', closeBeside);
addEventListener('keydown', event => {
  if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]')) return;
  for (const menu of open()) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector('summary').focus();
    event.preventDefault();
  }
});
