// The table of students: sorted by a column, filtered by a text and by what waits. Without this script, the table is all there.
"use strict";
{
  const table = document.getElementById("students");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const headings = [...table.tHead.rows[0].cells];
  const filter = document.getElementById("filter");
  const waitsFor = document.getElementById("waits-for");
  const shown = document.getElementById("shown");
  const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;

  const difference = (one, other) =>
    "value" in one.dataset ? Number(one.dataset.value) - Number(other.dataset.value) : compare(one.textContent, other.textContent);

  function sort(column) {
    const heading = headings[column];
    const before = heading.getAttribute("aria-sort");
    // Numbers begin with the largest one.
    const first = heading.classList.contains("number") ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const now = before === first ? other : first;
    headings.forEach((each) => each.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", now);
    const sign = now === "ascending" ? 1 : -1;
    rows.sort((one, two) => sign * difference(one.cells[column], two.cells[column]));
    body.append(...rows);
  }

  function show() {
    const words = filter.value.trim().toLocaleLowerCase();
    let count = 0;
    for (const row of rows) {
      const text = `${row.cells[0].textContent} ${row.cells[1].textContent}`.toLocaleLowerCase();
      row.hidden = !text.includes(words) || (waitsFor.value !== "" && !row.dataset.waits.split(" ").includes(waitsFor.value));
      count += row.hidden ? 0 : 1;
    }
    shown.textContent = `${count} of ${rows.length} students`;
  }

  headings.forEach((heading, column) => heading.firstElementChild.addEventListener("click", () => sort(column)));
  filter.addEventListener("input", show);
  waitsFor.addEventListener("change", show);
  show();
}
