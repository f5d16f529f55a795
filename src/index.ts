/**
 * What a definition imports: the model's factories and the components.
 * @packageDocumentation
 */
export { app, helmApp, manifests, secret } from './apps/index.ts';
export * from './components/registry.ts';
export {
  type Board,
  cluster,
  cm4,
  type Disk,
  defineHomelab,
  emmc,
  machine,
  microSd,
  node,
  nvme,
  raspberryPi4,
  raspberryPi5,
  rk1,
  site,
  slot,
  talos,
  turingPi2,
  ubuntu,
  usbSsd,
} from './model/index.ts';
