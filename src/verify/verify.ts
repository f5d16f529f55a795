import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compile } from '../compile/index.ts';
import type { Finding, Homelab } from '../model/index.ts';
import type { ProgramName, Toolchain } from '../toolchain/index.ts';
import { type Event, oneLine, type Stream } from '../util/index.ts';
import { placeOf } from './place.ts';
import type { Outcome, Tool } from './tool.ts';
import { amtool } from './tools/amtool.ts';
import { flux } from './tools/flux.ts';
import { kubeadm } from './tools/kubeadm.ts';
import { OUTSIDE } from './tools/outside.ts';
import { promtool } from './tools/promtool.ts';
import { talosctl } from './tools/talosctl.ts';

const TOOLS: readonly Tool[] = [flux, promtool, amtool, talosctl, kubeadm, ...OUTSIDE];

/** What one tool says. */
export interface ToolReport {
  readonly tool: string;
  readonly what: string;
  readonly state: 'passed' | 'failed' | 'not installed' | 'nothing to read';
  /** How many files it looked at. */
  readonly files: number;
  readonly findings: readonly Finding[];
  /** What it could not look at, and why. */
  readonly notes: readonly string[];
}

/** Names of the tools, as `verify` is told which to ask. */
export const TOOL_NAMES: readonly string[] = TOOLS.map(({ name }) => name);

export interface VerifyContext {
  /** Names of the tools to ask. Default: all. */
  readonly only?: readonly string[];
  readonly toolchain: Toolchain;
  readonly charts: string | undefined;
  readonly events: Stream<Event>;
}

/** Compiles a homelab and has every tool read the tree, all at once. */
export async function verify(
  homelab: Homelab,
  { only = TOOL_NAMES, toolchain, charts, events }: VerifyContext,
): Promise<ToolReport[]> {
  const root = await mkdtemp(join(tmpdir(), 'homeplane-verify-'));
  const folder = join(root, homelab.git.path);
  const tree = compile(homelab);
  try {
    for (const [path, content] of tree) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    const program = async (name: ProgramName) => (await toolchain.resolve(name)).file;
    const context = { files: [...tree.keys()], homelab, charts, program };
    return await Promise.all(
      TOOLS.filter(({ name }) => only.includes(name)).map(async (tool) => {
        const since = Date.now();
        const task = `ask ${tool.name}`;
        events.emit({ type: 'started', task });
        // Flux reads a repository, and what the others read lies in it.
        const outcome = await tool.run({ ...context, folder: tool === flux ? root : folder });
        events.emit({ type: 'finished', task, seconds: (Date.now() - since) / 1000 });
        return report(tool, outcome, homelab);
      }),
    );
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function report({ name: tool, what }: Tool, outcome: Outcome | undefined, homelab: Homelab): ToolReport {
  if (outcome === undefined) return { tool, what, state: 'not installed', files: 0, findings: [], notes: [] };
  const { checked, complaints, notes = [] } = outcome;
  const findings = complaints.map(
    ({ file, message }): Finding => ({
      rule: tool,
      severity: 'error',
      message: `${file}: ${oneLine(message).slice(0, 1000)}`,
      why: 'The program that will read this file does not accept it.',
      remedy: 'Change what is named in the definition, or the `values` of the component that it is of.',
      tree: file,
      ...placeOf(homelab, file),
    }),
  );
  const state = findings.length > 0 ? 'failed' : checked.length === 0 ? 'nothing to read' : 'passed';
  return { tool, what, state, files: checked.length, findings, notes };
}
