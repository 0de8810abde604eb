(function () {
  'use strict';
  var table = document.getElementById('list');
  var body = table.tBodies[0];
  var rows = Array.from(body.rows);
  var text = rows.map(function (row) { return row.textContent.toLowerCase(); });
  var filter = document.querySelector('.filter');
  var containing = document.getElementById('containing');
  var detection = document.getElementById('detection');
  var matching = document.getElementById('matching');
  var all = document.getElementById('all');
  var levels = Array.from(filter.querySelectorAll('input[name=level]'));
  var position = new Map(rows.map(function (row, i) { return [row, i]; }));

  function show() {
    var words = containing.value.toLowerCase().trim();
    var on = new Set(levels.filter(function (box) { return box.checked; }).map(function (box) { return box.value; }));
    var count = 0;
    rows.forEach(function (row, i) {
      var hidden = !on.has(row.dataset.level)
        || (detection.value !== '' && row.dataset.detection !== detection.value)
        || (words !== '' && text[i].indexOf(words) < 0);
      row.hidden = hidden;
      count += hidden ? 0 : 1;
    });
    matching.textContent = count === rows.length ? count + ' shown' : count + ' of ' + rows.length + ' shown';
    document.getElementById('none').hidden = count > 0;
  }

  function value(row, by) {
    switch (by) {
      case 'time':
      case 'severity': return Number(row.dataset[by]);
      case 'what': return row.querySelector('summary').textContent;
      default: return row.dataset[by];
    }
  }

  function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
  }

  function sort(heading) {
    var by = heading.dataset.by;
    var before = heading.getAttribute('aria-sort');
    var firstDown = by === 'time' || by === 'severity';
    var down = before === null ? firstDown : before === 'ascending';
    table.querySelectorAll('th[aria-sort]').forEach(function (other) { other.removeAttribute('aria-sort'); });
    heading.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    var sorted = rows.map(function (row) { return { row: row, value: value(row, by) }; });
    sorted.sort(function (a, b) {
      var order = compare(a.value, b.value);
      return (down ? -order : order) || position.get(a.row) - position.get(b.row);
    });
    body.append.apply(body, sorted.map(function (one) { return one.row; }));
  }

  function openAll(open) {
    rows.forEach(function (row) {
      if (!row.hidden) {
        row.querySelector('details').open = open;
      }
    });
    all.setAttribute('aria-pressed', String(open));
    all.textContent = open ? 'Close all' : 'Open all';
  }

  table.tHead.querySelectorAll(':scope > tr > th').forEach(function (heading) {
    var button = document.createElement('button');
    button.type = 'button';
    button.textContent = heading.textContent;
    heading.replaceChildren(button);
    button.addEventListener('click', function () { sort(heading); });
  });

  Array.from(new Set(rows.map(function (row) { return row.dataset.detection; }))).sort().forEach(function (name) {
    detection.append(new Option(name, name));
  });
  filter.addEventListener('input', show);
  filter.addEventListener('submit', function (event) { event.preventDefault(); });
  all.addEventListener('click', function () { openAll(all.getAttribute('aria-pressed') !== 'true'); });

  document.addEventListener('keydown', function (event) {
    var typing = event.target.matches('input[type=search], select');
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      containing.focus();
    } else if (event.key === 'Escape') {
      filter.reset();
      show();
    }
  });

  var closed = [];
  window.addEventListener('beforeprint', function () {
    closed = rows.map(function (row) { return row.querySelector('details'); })
      .filter(function (details) { return !details.open; });
    closed.forEach(function (details) { details.open = true; });
  });
  window.addEventListener('afterprint', function () {
    closed.forEach(function (details) { details.open = false; });
  });

  filter.hidden = false;
  show();
}());
