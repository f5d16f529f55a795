/**
 * The programs that will read the tree, asked now: `tools/` has one file each, `verify.ts` runs them side by side over
 * a tree that is written for it, `place.ts` leads from a file of the tree back to the definition. What is not
 * installed is named.
 */
export { TOOL_NAMES, type ToolReport, verify } from './verify.ts';
