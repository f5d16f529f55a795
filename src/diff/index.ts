/**
 * What a change does to the clusters: not which lines differ, but which pods restart, which volumes are touched, which
 * addresses move. Pure: the objects before and after go in, changes with their consequences come out. `fields.ts`
 * compares two objects, `immutable.ts` and `consequence.ts` say what a difference means, `format/` writes it down.
 */
export { compareItems, type Entry, type ObjectChange } from './compare.ts';
export { formatMarkdown } from './format/markdown.ts';
export { formatText } from './format/text.ts';
export { type DiffReport, diffReport, entriesOf, type Side } from './report.ts';
