import { flux } from '../../components/registry.ts';
import { replaceComponent } from '../example.ts';
import type { DefinitionRule } from '../rule.ts';
import { usesOf } from '../uses.ts';

export const FLX003: DefinitionRule = {
  id: 'FLX003',
  title: 'image automation that may not push',
  severity: 'error',
  why: 'Flux writes newer tags into Git: without credentials every attempt fails, and no image is ever updated.',
  remedy: 'Write `gitSecret`, the name of a Secret whose credentials may push.',
  bad(definition) {
    replaceComponent(definition, 'flux', flux({ imageAutomation: true }));
  },
  *find(subject) {
    for (const { cluster, use, options } of usesOf(subject, flux))
      if (options.imageAutomation && options.gitSecret === undefined)
        yield {
          at: use.at,
          message: `Flux of ${cluster.name} takes newer images and has no credentials of ${subject.homelab.git.url}`,
        };
  },
};
