import { Command } from '@commander-js/extra-typings';
import type { SecretState } from '../../secrets/index.ts';
import type { Io } from '../io.ts';
import { openSecrets } from './context.ts';

export function secretsList(io: Io) {
  return new Command('list')
    .description('Say which secrets are needed and which are there; values are not read.')
    .option('-d, --definition <file>', 'the definition (default: homelab.ts, homelab/homelab.ts)')
    .option('--json', 'as JSON')
    .action(async (options) => {
      const context = await openSecrets(io, options.definition);
      if (context === undefined) return;
      const { secretStates } = await import('../../secrets/index.ts');
      const states = context.homelab.clusters.flatMap((cluster) => secretStates(context.homelab, cluster));
      io.out(
        options.json === true
          ? `${JSON.stringify(states.map(({ need, ...state }) => ({ ...state, ...need })))}\n`
          : states.map((state) => line(state, io)).join(''),
      );
    });
}

function line({ cluster, need, missing }: SecretState, { paint }: Io): string {
  const name = `${cluster} ${need.namespace}/${need.name}`;
  if (missing.length === 0) return `${paint('green', 'there')}        ${name}\n`;
  return `${paint('yellow', 'missing')}      ${name} ${missing.join(', ')}: ${need.why}\n`;
}
