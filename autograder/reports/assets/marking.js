// Marking on a page: ticks become points and comments, stay in this browser, and go into marks.csv. Nothing of it is HTML: every
// text is put in as text.
"use strict";
(() => {
  const { data, students, rubric, marks, places: everybody, keep, kept } = Marks;
  const { sum, total, words, isUntouched, isMarked, isWrong } = Marks;
  const KEYS = "marking/keys";
  const byId = (id) => document.getElementById(id);
  const many = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

  function made(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  function say(...sentences) {
    byId("message").textContent = sentences.filter(Boolean).join(" ");
  }

  const views = [];
  const groups = [];
  const labels = rubric.map(() => []);
  let before = [];
  let typing = null; // the field whose text is not to be changed under the hands of whoever types

  function change(places, alter) {
    before = places.map((place) => [place, structuredClone(marks[place])]);
    places.forEach((place) => alter(marks[place], place));
    store(places);
  }

  function store(places) {
    places.forEach(Marks.store);
    show(places);
  }

  function undo() {
    for (const [place, mark] of before) marks[place] = mark;
    const places = before.map(([place]) => place);
    before = [];
    store(places);
    say(`Taken back for ${many(places.length, "student")}.`);
  }

  const toggle = (place, line) =>
    change([place], (mark) => {
      Marks.tick(place, line, !mark.ticks.includes(line));
      mark.points = null;
    });
  const give = (place, points) => change([place], (mark) => Object.assign(mark, { points }));

  function accept(places) {
    change(places, (mark, place) => Object.assign(mark, { points: students[place].suggested }));
  }

  // What is seen.
  function show(places) {
    for (const place of places) {
      const [mark, view] = [marks[place], views[place]];
      view.boxes.forEach((box, line) => (box.checked = mark.ticks.includes(line)));
      if (typing !== view.points) view.points.value = total(place) ?? "";
      if (typing !== view.comment) view.comment.value = words(place);
      view.points.setAttribute("aria-invalid", String(isWrong(place)));
      view.state.textContent = isWrong(place) ? `Points are from 0 to ${data.most}.` : "";
      view.clear.disabled = isUntouched(place);
      view.element.classList.toggle("marked", isMarked(place));
    }
    for (const group of groups) {
      const [left, following] = [group.places.filter(Marks.waits).length, group.places.filter(Marks.follows)];
      if (group.accept) Object.assign(group.accept, { textContent: `Accept the suggestion for ${many(left, "student")} without a mark`, disabled: !left });
      group.boxes.forEach((box, line) => {
        const ticked = following.filter((place) => marks[place].ticks.includes(line)).length;
        Object.assign(box, { checked: ticked > 0 && ticked === following.length, indeterminate: ticked > 0 && ticked < following.length, disabled: !following.length });
      });
    }
    byId("undo").disabled = !before.length;
    byId("storage").textContent = Marks.storage() ? "" : "This browser keeps nothing for this page: save the file before you close it.";
    const here = everybody.filter((place) => total(place) !== null).length;
    const done = everybody.filter(isMarked).length;
    const text = `${done} of ${students.length} marked, ${here} of them on this page`;
    if (byId("progress").textContent !== text) byId("progress").textContent = text;
  }

  function showRubric() {
    labels.forEach((shown, line) => {
      for (const { points, words: text } of shown) {
        points.textContent = `+${rubric[line].points}`;
        text.textContent = text.title = rubric[line].words;
      }
    });
    const points = sum([...rubric.keys()]);
    if (byId("total")) byId("total").textContent = points === data.most ? "" : `The lines add up to ${points} of ${data.most} points.`;
  }

  function boxes(legend, whenTicked) {
    const inputs = rubric.map(() => made("input", { type: "checkbox" }));
    const rows = inputs.map((box, line) => {
      const label = { points: made("span", { className: "worth" }), words: made("span", { className: "words" }) };
      labels[line].push(label);
      box.addEventListener("change", () => whenTicked(line, box.checked));
      return made("label", {}, box, label.points, label.words);
    });
    return [inputs, made("fieldset", { hidden: !rubric.length }, made("legend", { textContent: legend }), ...rows)];
  }

  function button(text, whenPressed) {
    const element = made("button", { type: "button", textContent: text });
    element.addEventListener("click", whenPressed);
    return element;
  }

  function buildStudent(element) {
    const place = Number(element.dataset.place);
    const { suggested } = students[place];
    const [ownBoxes, fieldset] = boxes("Rubric", (line) => toggle(place, line));
    const points = made("input", { type: "number", min: "0", max: String(data.most), step: "0.5" });
    const comment = made("textarea", { rows: 2 });
    const state = made("p", { className: "state" });
    const typed = () => ({ points: points.value === "" ? null : Number(points.value), comment: comment.value.trim() ? comment.value : null });
    for (const [name, field] of Object.entries({ points, comment })) {
      field.addEventListener("input", () => {
        typing = field;
        change([place], (mark) => Object.assign(mark, { [name]: typed()[name] }));
        typing = null;
      });
      field.addEventListener("blur", () => show([place]));
    }
    const clear = button("Clear", () => change([place], (mark) => Object.assign(mark, { ticks: [], points: null, comment: null })));
    const row = made("p", { className: "buttons" }, made("label", {}, "Points ", points, ` of ${data.most}`));
    if (suggested !== null) row.append(button(`Accept ${suggested}`, () => accept([place])));
    row.append(clear);
    element.querySelector(".controls").append(fieldset, row, state, made("label", { className: "comment-field" }, "Comment", comment));
    views[place] = { element, boxes: ownBoxes, points, comment, state, clear };
  }

  function buildGroup(section) {
    const places = [...section.querySelectorAll(".student")].map((element) => Number(element.dataset.place));
    if (places.length < 2) return;
    const [groupBoxes, fieldset] = boxes(`For all ${places.length} of this group`, (line, isTicked) => {
      const following = places.filter(Marks.follows);
      change(following, (mark, place) => Marks.tick(place, line, isTicked));
      const left = places.length - following.length;
      say(`Line ${line + 1} changed for ${many(following.length, "student")}.`, left && `${left} with a mark of their own stayed as they are.`);
    });
    const group = { places, boxes: groupBoxes, accept: null };
    const box = section.querySelector(".for-all");
    if (places.some((place) => students[place].suggested !== null)) {
      group.accept = button("", () => {
        const left = places.filter(Marks.waits);
        accept(left);
        say(`The suggestion is accepted for ${many(left.length, "student")}.`);
      });
      box.append(made("p", { className: "buttons" }, group.accept));
    }
    box.append(fieldset);
    groups.push(group);
  }

  function buildRubric() {
    const rows = rubric.map((line, place) => {
      const points = made("input", { type: "number", min: "0", step: "0.5", value: String(line.points), ariaLabel: `Points of line ${place + 1}` });
      const text = made("input", { type: "text", value: line.words, ariaLabel: `Words of line ${place + 1}` });
      const changed = () => {
        if (points.value !== "") line.points = Number(points.value);
        line.words = text.value;
        Marks.keepRubric();
        showRubric();
        store(everybody.filter((each) => marks[each].ticks.length));
      };
      for (const field of [points, text]) field.addEventListener("input", changed);
      return made("li", {}, points, text);
    });
    byId("rubric")?.replaceChildren(...rows);
  }

  // The file.
  function save() {
    const wrong = everybody.filter(isWrong);
    if (wrong.length) {
      go(wrong[0]);
      say(`Nothing is saved: points are from 0 to ${data.most}, and those of ${wrong.map((place) => students[place].name).join(", ")} are not.`);
      return;
    }
    const rows = Marks.rows();
    const address = URL.createObjectURL(new Blob([MarksFile.written([...rows, ...Marks.others.values()])], { type: "text/csv" }));
    made("a", { href: address, download: "marks.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    say(`marks.csv holds ${many(rows.length, "row")} of this page${Marks.others.size ? ` and ${Marks.others.size} of others` : ""}. Record it: make marks FROM=marks.csv`);
  }

  function read(text) {
    const rows = MarksFile.parsed(text);
    if (rows === null) {
      say(`This is no file of marks: it is a text in UTF-8, and its first line is ${MarksFile.HEADER.join(",")}.`);
      return;
    }
    const taken = rows.filter((row) => row.points !== null).map(Marks.take);
    const added = taken.filter((each) => each.isNew);
    const differ = taken.filter((each) => each.isOther).map((each) => each.student);
    before = [];
    Marks.keepOthers();
    store(added.flatMap(({ place }) => (place === undefined ? [] : [place])));
    say(
      `Opened: ${many(added.filter(({ place }) => place !== undefined).length, "mark")} of this page taken over; ${many(Marks.others.size, "row")} of others kept for the file.`,
      differ.length && `The file has something else for ${[...new Set(differ)].join(", ")}: what stands here stays.`,
      taken.length < rows.length && `${many(rows.length - taken.length, "row")} left out, because the points are no number.`,
    );
  }

  function open(file) {
    const reader = new FileReader();
    reader.addEventListener("load", () => read(reader.result));
    reader.addEventListener("error", () => say("The file could not be read."));
    reader.readAsText(file);
  }

  function forget() {
    if (!confirm("Forget all ticks, points and comments of this page that are not in a file or in the gradebook, and the rubric as it was changed here?")) return;
    Marks.forget();
    location.reload();
  }

  // Moving about.
  const shown = () => [...document.querySelectorAll(".student")].filter((element) => !element.closest("[hidden]"));
  let last = null;

  function go(place) {
    const { element } = views[place];
    const article = element.closest(".derivation");
    element.focus({ preventScroll: true });
    const isFirst = article.querySelector(".student") === element;
    const scroll = () => (isFirst ? article : element).scrollIntoView({ block: isFirst ? "start" : "nearest" });
    scroll();
    // What comes onto the screen is laid out only now, and may be larger than was thought.
    requestAnimationFrame(scroll);
  }

  function step(by) {
    const elements = shown();
    const here = elements.indexOf(last);
    const following = elements[last === null || here < 0 ? 0 : here + by];
    if (following) go(Number(following.dataset.place));
  }

  function filter(isOn) {
    byId("unmarked").setAttribute("aria-pressed", String(isOn));
    for (const { element } of views) element.hidden = isOn && isMarked(Number(element.dataset.place));
    for (const kind of [".derivation", ".group"])
      for (const element of document.querySelectorAll(kind)) element.hidden = !element.querySelector(".student:not([hidden])");
    const left = everybody.filter((place) => !isMarked(place));
    if (isOn) say(left.length ? `No mark yet: ${left.map((place) => students[place].name).join(", ")}.` : "Everybody has a mark.");
  }

  function press(event) {
    const { target, key } = event;
    const student = target.closest?.(".student");
    if (key === "Escape" && student && target !== student) student.focus();
    const isField = target.matches?.("textarea, input[type=number], input[type=text]");
    if (!byId("keys").checked || isField || event.ctrlKey || event.metaKey || event.altKey) return;
    const anywhere = { j: () => step(1), k: () => step(-1), u: undo };
    const place = student && Number(student.dataset.place);
    const here = student && { 0: () => give(place, 0), a: () => students[place].suggested !== null && accept([place]), c: () => views[place].comment.focus() };
    const line = student && /^[1-9]$/.test(key) && Number(key) <= rubric.length ? () => toggle(place, Number(key) - 1) : null;
    const action = line ?? here?.[key] ?? anywhere[key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  document.querySelectorAll(".student").forEach(buildStudent);
  document.querySelectorAll(".group").forEach(buildGroup);
  buildRubric();
  showRubric();
  document.querySelector(".toolbar").hidden = false;
  byId("save").addEventListener("click", save);
  byId("open").addEventListener("click", () => byId("file").click());
  byId("file").addEventListener("change", ({ target }) => {
    if (target.files.length) open(target.files[0]);
    target.value = "";
  });
  byId("unmarked").addEventListener("click", ({ target }) => filter(target.getAttribute("aria-pressed") !== "true"));
  byId("undo").addEventListener("click", undo);
  byId("forget").addEventListener("click", forget);
  byId("keys").checked = kept(KEYS) !== false;
  byId("keys").addEventListener("change", ({ target }) => keep(KEYS, target.checked));
  document.addEventListener("keydown", press);
  document.addEventListener("focusin", ({ target }) => (last = target.closest(".student") ?? last));
  show(everybody);
})();
