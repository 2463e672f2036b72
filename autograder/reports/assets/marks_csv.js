// The file of marks as text: rows of student, assignment, cell, points and comment, as make marks reads them.
"use strict";
const MarksFile = (() => {
  const HEADER = ["student", "assignment", "cell", "points", "comment"];
  const DELIMITERS = [",", ";", "\t"];

  // What a spreadsheet would compute gets an apostrophe; make marks takes it away again, and so does this page: an id stays exact.
  function isComputed(text) {
    const bare = text.replace(/^'+/, "");
    return /^[\s\0]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(bare) && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(bare);
  }
  const shielded = (text) => (isComputed(text) ? `'${text}` : text);
  const unshielded = (text) => (text.startsWith("'") && isComputed(text) ? text.slice(1) : text);
  const field = (text) => (/[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  function written(rows) {
    const values = rows.map((row) => HEADER.map((name) => (name === "points" ? row[name] : shielded(row[name]))));
    return [HEADER, ...values].map((row) => `${row.map(field).join(",")}\r\n`).join("");
  }

  function table(text) {
    const first = text.split(/[\r\n]/, 1)[0];
    const delimiter = DELIMITERS.reduce((best, each) => (first.split(each).length > first.split(best).length ? each : best));
    const rows = [[""]];
    let isQuoted = false;
    for (let place = 0; place < text.length; place++) {
      const letter = text[place];
      const row = rows.at(-1);
      if (isQuoted && letter !== '"') row[row.length - 1] += letter;
      else if (isQuoted && text[place + 1] === '"') row[row.length - 1] += text[++place];
      else if (isQuoted) isQuoted = false;
      else if (letter === '"' && row.at(-1) === "") isQuoted = true;
      else if (letter === delimiter) row.push("");
      else if (letter === "\n" || letter === "\r") rows.push([""]);
      else row[row.length - 1] += letter;
    }
    return rows.filter((row) => row.some((value) => value.trim()));
  }

  // The rows of a text; null where it is no file of marks. Points that are no number are null.
  function parsed(text) {
    const [header = [], ...rows] = table(text.replace(/^\ufeff/, ""));
    const names = header.map((name) => name.trim().toLowerCase());
    if (text.includes("\ufffd") || !HEADER.every((name) => names.includes(name))) return null;
    return rows.map((values) => {
      const row = Object.fromEntries(HEADER.map((name) => [name, unshielded((values[names.indexOf(name)] ?? "").trim())]));
      const points = row.points.replace(",", ".");
      return { ...row, points: Number.isFinite(Number(points)) ? points : null, comment: row.comment.replace(/\r\n?/g, "\n") };
    });
  }

  return { HEADER, written, parsed };
})();
