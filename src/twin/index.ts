/**
 * The homelab on this machine: for each cluster a real etcd, API server, controller manager, scheduler and Flux;
 * nodes by KWOK; the compiled tree in a real Git repository. Everything listens on loopback and keeps its state in
 * `.homeplane/`. Simulated, and labelled so: node status, containers, and the controllers named in `simulate/`.
 */
export { State } from './state.ts';
export { Twin } from './twin.ts';
