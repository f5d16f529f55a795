/**
 * Child processes that end when we end. `keeper.ts` is a process of its own that starts every other one: when
 * the pipe to homeplane breaks, however homeplane died, it ends them all. `supervisor.ts` decides what runs,
 * waits until it answers, and starts it again when it dies or hangs. Knows nothing of Kubernetes.
 */
export { definedEnvironment, ProcessKeeper } from './client.ts';
export { endLeftovers } from './leftovers.ts';
export { PortPool } from './ports.ts';
export { probeHttp } from './probe.ts';
export { run } from './run.ts';
export { type ProcessEvent, type Service, Supervisor } from './supervisor.ts';
