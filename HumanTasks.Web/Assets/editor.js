// Numbers the lines of a definition, shows problems and hints beside their lines as the server's reader says while somebody
// types, and keeps edits that were not saved.
for (const editor of document.querySelectorAll('.editor')) {
  const area = editor.querySelector('textarea');
  const form = area.form;
  const saved = area.value;
  const status = document.querySelector('[data-editor-status]');
  const kept = form.querySelector('[data-kept]');
  const key = `editor ${form.getAttribute('action')}`;
  const column = name => {
    const list = document.createElement('ol');
    list.className = name;
    list.setAttribute('aria-hidden', 'true'); // the status below says the same
    return list;
  };
  const gutter = column('gutter');
  const remarks = column('remarks');
  editor.prepend(gutter);
  editor.append(remarks);
  let { problems, hints } = JSON.parse(editor.dataset.problems);
  let waiting;
  let leaves = false;

  const keep = text => {
    try {
      if (text === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify({ text, of: saved }));
    } catch {
      // no storage: leaving still asks
    }
  };

  const draw = () => {
    const count = area.value.split('\n').length;
    for (const list of [gutter, remarks]) {
      while (list.children.length < count) list.append(document.createElement('li'));
      while (list.children.length > count) list.lastChild.remove();
    }

    const said = new Map();
    for (const [kind, items] of [['wrong', problems], ['hinted', hints]]) {
      for (const item of items) {
        const line = said.get(item.line) ?? { kind, texts: [] };
        line.texts.push(item.message);
        said.set(item.line, line);
      }
    }

    [...gutter.children].forEach((item, i) => {
      const line = said.get(i + 1);
      item.className = line?.kind ?? '';
      const remark = remarks.children[i];
      remark.className = item.className;
      remark.textContent = line?.texts.join(' ') ?? '';
      remark.title = remark.textContent;
    });
    remarks.hidden = said.size === 0;
    gutter.scrollTop = remarks.scrollTop = area.scrollTop;
  };

  const goTo = line => {
    const lines = area.value.split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    area.focus({ preventScroll: true });
    area.setSelectionRange(start, start + (lines[line - 1] ?? '').length);
    area.scrollTop = Math.max(0, (line - 4) * (area.scrollHeight / lines.length));
    editor.scrollIntoView({ block: 'nearest' });
  };

  const check = async () => {
    try {
      const answer = await fetch(editor.dataset.check, { method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams(new FormData(form)) });
      if (!answer.ok) return;
      ({ problems, hints } = await answer.json());
      status.replaceChildren(...(problems.length === 0
        ? [document.createTextNode(editor.dataset.none)]
        : problems.slice(0, 5).map(problem => {
          const line = document.createElement('span');
          line.className = 'problem';
          line.textContent = editor.dataset.line.replace('{0}', problem.line).replace('{1}', () => problem.message);
          return line;
        })));
      draw();
    } catch {
      // offline: saving says what is wrong
    }
  };

  const changed = () => {
    draw();
    keep(area.value === saved ? null : area.value);
    clearTimeout(waiting);
    waiting = setTimeout(check, 600);
  };

  area.addEventListener('input', changed);
  area.addEventListener('scroll', () => { gutter.scrollTop = remarks.scrollTop = area.scrollTop; });
  form.addEventListener('submit', event => {
    leaves = true;
    if (event.submitter?.value === 'save') keep(null); // what is refused comes back on the page
  });
  addEventListener('beforeunload', event => {
    if (!leaves && area.value !== saved) event.preventDefault();
  });
  for (const link of document.querySelectorAll('[data-to-line]')) {
    link.addEventListener('click', event => { event.preventDefault(); goTo(Number(link.dataset.toLine)); });
  }

  try {
    const before = JSON.parse(sessionStorage.getItem(key));
    if (before && before.text !== saved && !document.querySelector('#problems')) {
      kept.hidden = false;
      kept.querySelector('[data-restore]').addEventListener('click', () => { area.value = before.text; kept.hidden = true; changed(); area.focus(); });
      kept.querySelector('[data-discard]').addEventListener('click', () => { keep(null); kept.hidden = true; area.focus(); });
    } else if (before) {
      keep(null);
    }
  } catch {
    // nothing was kept
  }

  draw();
}

document.querySelector('#notice, #problems')?.focus();
