// Numbers the lines of a definition and marks those with a problem, as the server's reader says while somebody types.
for (const editor of document.querySelectorAll('.editor')) {
  const area = editor.querySelector('textarea');
  const form = area.form;
  const gutter = document.createElement('ol');
  const status = document.querySelector('[data-editor-status]');
  gutter.className = 'gutter';
  gutter.setAttribute('aria-hidden', 'true');
  editor.prepend(gutter);
  let problems = JSON.parse(editor.dataset.problems).problems;
  let waiting;

  const draw = () => {
    const count = area.value.split('\n').length;
    while (gutter.children.length < count) gutter.append(document.createElement('li'));
    while (gutter.children.length > count) gutter.lastChild.remove();
    const wrong = new Map(problems.map(problem => [problem.line, problem.message]));
    [...gutter.children].forEach((item, i) => {
      item.classList.toggle('wrong', wrong.has(i + 1));
      item.title = wrong.get(i + 1) ?? '';
    });
    gutter.scrollTop = area.scrollTop;
  };

  const check = async () => {
    try {
      const answer = await fetch(editor.dataset.check, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
      if (!answer.ok) return;
      problems = (await answer.json()).problems;
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

  area.addEventListener('input', () => { draw(); clearTimeout(waiting); waiting = setTimeout(check, 600); });
  area.addEventListener('scroll', () => { gutter.scrollTop = area.scrollTop; });
  draw();
}

document.querySelector('#notice, #problems')?.focus();
