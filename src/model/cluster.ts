import { z } from 'zod';
import { BoardSchema, SlotSchema } from './board.ts';
import { ENVIRONMENTS } from './environment.ts';
import { OperatingSystemSchema } from './os.ts';
import { dnsLabel, domainName, ipAddress, ipNetwork, oneOf, strict, version } from './schema.ts';

export const NodeSchema = strict({
  name: dnsLabel,
  /** The hardware it runs on: a single board, or `slot(board, 1)`. */
  on: z.union([SlotSchema, BoardSchema], {
    error: 'a board of a site, or slot(board, number) of a carrier board',
  }),
  /** Its address on the LAN. */
  address: ipAddress,
  /** Default: `['worker']`. A control plane that is also `worker` runs workloads. */
  roles: z
    .array(oneOf(['control-plane', 'worker']))
    .min(1, 'at least one role')
    .default(['worker']),
  /** Labels to add to the node. */
  labels: z.record(z.string(), z.string()).default({}),
});

const ComponentUseSchema = strict({
  component: dnsLabel,
  options: z.unknown(),
  /** The component's own schema of its options; set by its factory. */
  schema: z.custom<z.ZodType>(
    (value) => value instanceof z.ZodType,
    'made by a component, such as metallb()',
  ),
  /** What an app is; a component is found by its name. */
  definition: z.unknown().optional(),
});

export const ClusterSchema = strict({
  name: dnsLabel,
  /** Development, staging or production: what components read to choose replicas and pace. */
  environment: oneOf(ENVIRONMENTS),
  /** The domain whose names lead to this cluster, such as `lab.example.org`. */
  domain: domainName,
  /** What runs on the nodes. */
  os: OperatingSystemSchema,
  /** Kubernetes version. */
  kubernetes: version,
  /** Where the API server is reached: the one control plane's address, or a virtual IP for several. */
  controlPlaneAddress: ipAddress,
  nodes: z.array(NodeSchema).min(1, 'a cluster needs at least one node'),
  network: strict({
    /** Addresses of pods. Default `10.244.0.0/16`. */
    pods: ipNetwork.default('10.244.0.0/16'),
    /** Addresses of services. Default `10.96.0.0/16`. */
    services: ipNetwork.default('10.96.0.0/16'),
    /** The load-balancer pool of the site's LAN that is this cluster's. */
    pool: dnsLabel,
  }),
  /** The platform, in any order. */
  components: z.array(ComponentUseSchema),
  /** Your own workloads. */
  apps: z.array(ComponentUseSchema).default([]),
});
