/**
 * A Flux repository that anybody wrote -> the objects that its clusters would have. `scan.ts` reads the YAML files,
 * `roots.ts` finds where Flux starts, `build.ts` has Flux' own library build the Kustomizations, `charts.ts` has helm
 * render the releases; `read.ts` puts it together. Secrets stay encrypted; nothing outside the folder is read.
 */
export { repositoryFindings } from './findings.ts';
export { mendRepository } from './mend.ts';
export { type Repository, readRepository } from './read.ts';
