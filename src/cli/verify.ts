import { Command } from '@commander-js/extra-typings';
import { type Paint, plural } from '../util/index.ts';
import type { ToolReport } from '../verify/index.ts';
import { loadSound, printFindings } from './definition.ts';
import { EXIT, UsageError } from './exit.ts';
import type { Io } from './io.ts';

export function verifyCommand(io: Io) {
  return new Command('verify')
    .description(
      'Have the real programs read the compiled tree: Flux, helm, promtool, amtool, talosctl, kubeadm...',
    )
    .argument('[tools...]', 'only these (default: all)')
    .option('-d, --definition <file>', 'the definition (default: homelab.ts, homelab/homelab.ts)')
    .option('--charts <folder>', 'packaged charts to use instead of upstream (default: $HOMEPLANE_CHARTS)')
    .option('--json', 'what each program says as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  homeplane verify\n  homeplane verify promtool talosctl\n  homeplane verify --json | jq -r ".tools[] | select(.state == \\"not installed\\").tool"\n',
    )
    .action(async (names, options) => {
      const loaded = await loadSound({ ...io, out: io.err }, options.definition);
      if (loaded === undefined) return;
      const { TOOL_NAMES, verify } = await import('../verify/index.ts');
      const unknown = names.filter((name) => !TOOL_NAMES.includes(name));
      if (unknown.length > 0)
        throw new UsageError(`there is no ${unknown.join(', ')} (there are: ${TOOL_NAMES.join(', ')})`);
      const only = names.length > 0 ? names : TOOL_NAMES;
      const charts = options.charts ?? process.env['HOMEPLANE_CHARTS'];
      const { withToolchain } = await import('./tools.ts');
      const tools = await withToolchain(io, (toolchain, events) =>
        verify(loaded.homelab, { only, toolchain, charts, events }),
      );
      const findings = tools.flatMap((tool) => tool.findings);
      if (options.json === true) io.out(`${JSON.stringify({ tools }, null, 2)}\n`);
      else {
        io.out(`${tools.map((tool) => line(tool, io.paint)).join('\n')}\n`);
        if (findings.length > 0) await printFindings(io, findings);
      }
      if (findings.length > 0) process.exitCode = EXIT.findings;
    });
}

const COLOURS = {
  passed: 'green',
  failed: 'red',
  'not installed': 'yellow',
  'nothing to read': 'dim',
} as const;

function line({ tool, what, state, files, notes }: ToolReport, paint: Paint): string {
  const read = state === 'passed' || state === 'failed' ? `, ${plural(files, 'file')}` : '';
  return [
    `${paint(COLOURS[state], state.padEnd(15))} ${paint('bold', tool)}: ${what}${read}`,
    ...notes.map((note) => `${' '.repeat(16)}${paint('yellow', 'not looked at:')} ${note}`),
  ].join('\n');
}
