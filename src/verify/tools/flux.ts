import { readRepository, repositoryFindings } from '../../repository/index.ts';
import { Stream } from '../../util/index.ts';
import type { Tool } from '../tool.ts';

/** Builds every Kustomization with Flux' own library, renders every chart that can be had, and looks at all of it. */
export const flux: Tool = {
  name: 'flux',
  what: 'Kustomizations as Flux builds them, charts as helm renders them',
  async run({ folder, files, homelab, charts, program }) {
    const [fluxBuild, helm] = await Promise.all([program('flux-build'), program('helm')]);
    const repository = await readRepository(folder, { fluxBuild, helm, charts, events: new Stream() });
    const prefix = homelab.git.path === '.' ? '' : `${homelab.git.path}/`;
    const found = repositoryFindings(repository).map(({ rule, severity, message, position }) => {
      const inside = position?.file.slice(repository.root.length + 1) ?? 'README.md';
      return {
        severity,
        file: inside.startsWith(prefix) ? inside.slice(prefix.length) : inside,
        message: `${rule} ${message}`,
      };
    });
    return {
      checked: files.filter((path) => path.startsWith('clusters/')),
      complaints: found.filter(({ severity }) => severity === 'error'),
      notes: found
        .filter(({ message }) => message.startsWith('FLX018'))
        .map(({ message }) => message.slice('FLX018 '.length)),
    };
  },
};
