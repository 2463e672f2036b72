// What is marked on a page: ticks, points and comments by student, and the rubric as it was changed; kept in the browser.
"use strict";
const Marks = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { students } = data;
  const PLACE = `marking/${data.assignment}/${data.cell}/`;
  const RUBRIC = `${PLACE}rubric/${data.digest}`;
  const OTHERS = `${PLACE}others`;
  let works = true;

  // Another page on this computer may have written into what is kept, so nothing of it is trusted.
  function keep(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
    } catch {
      works = false;
    }
  }

  function kept(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch (error) {
      works = works && error instanceof SyntaxError;
      return null;
    }
  }

  const isPoints = (value) => typeof value === "number" && Number.isFinite(value);
  const isText = (value) => typeof value === "string";
  // A student's digest is of this very text: what was ticked for another version of it is not shown for this one.
  const keyOf = (place) => `${PLACE}student/${students[place].digest}`;

  const changed = kept(RUBRIC);
  const rubric = data.rubric.map((line, place) => {
    const { points, words } = (Array.isArray(changed) && changed[place]) || {};
    return { points: isPoints(points) ? points : line.points, words: isText(words) ? words : line.words };
  });

  function keptMark(place) {
    const found = kept(keyOf(place)) || {};
    // Where the chapter's rubric has changed since, ticks name other lines; what they came to stays.
    const isSame = found.rubric === data.digest;
    const points = isSame ? found.points : found.total;
    const comment = isSame ? found.comment : found.words || null;
    const ticks = isSame && Array.isArray(found.ticks) ? rubric.map((_, line) => line).filter((line) => found.ticks.includes(line)) : [];
    return { ticks, points: isPoints(points) ? points : null, comment: isText(comment) ? comment : null };
  }

  const marks = students.map((_, place) => keptMark(place));
  const sum = (ticks) => Math.round(1000 * ticks.reduce((points, line) => points + rubric[line].points, 0)) / 1000;
  const total = (place) => marks[place].points ?? (marks[place].ticks.length ? sum(marks[place].ticks) : null);
  const lines = (ticks) => ticks.map((line) => `* +${rubric[line].points} ${rubric[line].words}`).join("\n");
  // Points that are those of the suggestion, without a tick: the comment says why they are no more.
  const why = (place) => (marks[place].points !== null && marks[place].points === students[place].suggested ? students[place].why : "");
  const own = (place) => marks[place].comment ?? lines(marks[place].ticks);
  const words = (place) => own(place) || why(place);
  const isUntouched = (place) => !marks[place].ticks.length && marks[place].points === null && marks[place].comment === null;
  const isMarked = (place) => total(place) !== null || students[place].marked;
  const isWrong = (place) => total(place) !== null && !(total(place) >= 0 && total(place) <= data.most);
  // What a group may change: nobody who has a mark in the gradebook alone, and no points that were given to one student.
  const follows = (place) => marks[place].points === null && !(students[place].marked && isUntouched(place));
  const waits = (place) => students[place].suggested !== null && !isMarked(place);

  function store(place) {
    const content = { ...marks[place], rubric: data.digest, total: total(place), words: words(place) };
    keep(keyOf(place), isUntouched(place) ? null : content);
  }

  function tick(place, line, isTicked) {
    const { ticks } = marks[place];
    marks[place].ticks = rubric.map((_, each) => each).filter((each) => (each === line ? isTicked : ticks.includes(each)));
  }

  // Of a file: the rows of this page, and those that it has no student for, which are kept for the file by what they are for.
  const nameOf = (row) => JSON.stringify([row.student, row.assignment, row.cell]);
  const isRow = (row) => row && MarksFile.HEADER.every((name) => isText(row[name]));
  const others = new Map([kept(OTHERS)].flat().filter(isRow).map((row) => [nameOf(row), row]));
  const placeOf = new Map(students.map((student, place) => [student.id, place]));

  function rows() {
    const of = (place) => ({ student: students[place].id, assignment: data.assignment, cell: data.cell });
    const touched = [...students.keys()].filter((place) => !isUntouched(place));
    return touched.map((place) => ({ ...of(place), points: String(total(place) ?? ""), comment: words(place) }));
  }

  // What stands here already stays; a row adds what is missing. Says whether it added something, and whether it says otherwise.
  function take(row) {
    const place = row.assignment === data.assignment && row.cell === data.cell ? placeOf.get(row.student) : undefined;
    const here = place === undefined ? others.get(nameOf(row)) : { points: String(total(place) ?? ""), comment: own(place) };
    const { points = "", comment = "" } = here ?? {};
    const adds = { points: !points && row.points !== "", comment: !comment && row.comment !== "" };
    if (place === undefined) others.set(nameOf(row), { ...row, points: points || row.points, comment: comment || row.comment });
    else Object.assign(marks[place], adds.points && { points: Number(row.points) }, adds.comment && { comment: row.comment });
    const isOther = (points && row.points !== "" && Number(points) !== Number(row.points)) || (comment && row.comment !== "" && comment !== row.comment);
    return { place, student: row.student, isNew: adds.points || adds.comment, isOther };
  }

  return {
    ...{ data, students, rubric, marks, places: [...students.keys()], storage: () => works, keep, kept },
    ...{ sum, total, words, isUntouched, isMarked, isWrong, follows, waits, store, tick, others, rows, take },
    keepRubric: () => keep(RUBRIC, rubric),
    keepOthers: () => keep(OTHERS, [...others.values()]),
    forget: () => [RUBRIC, OTHERS, ...students.map((_, place) => keyOf(place))].forEach((key) => keep(key, null)),
  };
})();
