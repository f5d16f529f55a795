import { Command } from '@commander-js/extra-typings';
import { VERSION } from '../util/index.ts';
import { buildCommand } from './build.ts';
import { capacityCommand } from './capacity.ts';
import { checkCommand } from './check.ts';
import { compareCommand } from './compare.ts';
import { complianceCommand } from './compliance.ts';
import { diffCommand } from './diff.ts';
import { docsCommand } from './docs.ts';
import { doctorCommand } from './doctor.ts';
import { downCommand } from './down.ts';
import { explainCommand } from './explain.ts';
import { imagesCommand } from './images.ts';
import { initCommand } from './init.ts';
import type { Io } from './io.ts';
import { kubeconfigCommand } from './kubeconfig.ts';
import { lockCommand } from './lock.ts';
import { secretsCommand } from './secrets/index.ts';
import { statusCommand } from './status.ts';
import { upCommand } from './up.ts';
import { verifyCommand } from './verify.ts';

/** The command line. One file per command; what a command does is loaded when it runs. */
export function makeProgram(io: Io): Command {
  const program = new Command('homeplane')
    .description('Your homelab as one typed program.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .addHelpText('after', '\nExit codes: 0 fine, 1 findings, 2 usage, 3 fault.\n');
  // Each takes over exitOverride and the output, as `.command()` would do.
  program.addCommand(initCommand(io).copyInheritedSettings(program));
  program.addCommand(checkCommand(io).copyInheritedSettings(program));
  program.addCommand(explainCommand(io).copyInheritedSettings(program));
  program.addCommand(buildCommand(io).copyInheritedSettings(program));
  program.addCommand(compareCommand(io).copyInheritedSettings(program));
  program.addCommand(diffCommand(io).copyInheritedSettings(program));
  program.addCommand(verifyCommand(io).copyInheritedSettings(program));
  program.addCommand(lockCommand(io).copyInheritedSettings(program));
  program.addCommand(complianceCommand(io).copyInheritedSettings(program));
  program.addCommand(capacityCommand(io).copyInheritedSettings(program));
  program.addCommand(imagesCommand(io).copyInheritedSettings(program));
  program.addCommand(docsCommand(io).copyInheritedSettings(program));
  program.addCommand(secretsCommand(io).copyInheritedSettings(program));
  program.addCommand(upCommand(io).copyInheritedSettings(program));
  program.addCommand(statusCommand(io).copyInheritedSettings(program));
  program.addCommand(downCommand(io).copyInheritedSettings(program));
  program.addCommand(kubeconfigCommand(io).copyInheritedSettings(program));
  program.addCommand(doctorCommand(io).copyInheritedSettings(program));
  return program;
}
