import { z } from 'zod';

/** How something is. `unknown` is what nobody could be asked about. */
export const StateSchema = z.enum(['ready', 'waiting', 'failed', 'unknown']);
export type ItemState = z.infer<typeof StateSchema>;

const severity = z.enum(['critical', 'error', 'warning', 'info']);
const time = z.iso.datetime().describe('UTC');
const bytes = z.number().nonnegative().describe('bytes');
const share = z.strictObject({ asked: z.number().nonnegative(), allocatable: z.number().nonnegative() });
const watts = z.strictObject({ idle: z.number(), typical: z.number(), peak: z.number() }).describe('watts');
const cluster = z.string().describe('name of the cluster');

const Homelab = z.strictObject({
  type: z.literal('homelab'),
  name: z.string(),
  git: z.string().describe('the repository that Flux reads'),
  twin: z.boolean().describe('whether nodes, pods and volumes are simulated'),
  startedAt: time.describe('since when this page watches'),
});

const Site = z.strictObject({
  type: z.literal('site'),
  name: z.string(),
  subnet: z.string(),
  gateway: z.string(),
  uplink: z.string().optional(),
  watts,
  supplyWatts: z.number().optional(),
  upsMinutes: z.number().optional().describe('from a full battery, at what is drawn as usual'),
  kwhPerMonth: z.number(),
  cost: z.string().optional().describe('a month, with the currency'),
});

const Board = z.strictObject({
  type: z.literal('board'),
  site: z.string(),
  name: z.string(),
  model: z.string(),
  carrier: z.boolean().describe('whether it has slots for modules'),
  slots: z.array(z.strictObject({ slot: z.number(), model: z.string().optional(), node: z.string().optional() })),
  bmc: z.string().optional(),
  watts,
});

const Cluster = z.strictObject({
  type: z.literal('cluster'),
  name: z.string(),
  site: z.string(),
  environment: z.string(),
  domain: z.string(),
  os: z.string(),
  kubernetes: z.string(),
  state: z.enum(['ready', 'converging', 'unreachable', 'starting']),
  heardAt: time.optional().describe('when its API server last answered, while it does not'),
  revision: z.string().optional().describe('commit that it is to be at'),
  counts: z.array(
    z.strictObject({ kind: z.string(), ready: z.number().int(), total: z.number().int() }),
  ),
});

const Node = z.strictObject({
  type: z.literal('node'),
  cluster,
  name: z.string(),
  board: z.string(),
  slot: z.number().optional(),
  model: z.string(),
  address: z.string(),
  roles: z.array(z.string()),
  state: StateSchema,
  message: z.string(),
  kubelet: z.string().optional(),
  cordoned: z.boolean(),
  cores: z.number(),
  memory: bytes,
  cpu: share.describe('cores that pods ask for, and that they can have'),
  ram: share.describe('bytes that pods ask for, and that they can have'),
  pods: share,
  disks: z.array(z.strictObject({ kind: z.string(), size: bytes })),
  watts,
  throttleCelsius: z.number(),
  measured: z
    .strictObject({
      at: time,
      celsius: z.number().optional(),
      cpu: z.number().optional().describe('share of all cores'),
      memory: z.number().optional().describe('share'),
      disk: z.number().optional().describe('share of the data disk'),
      wear: z.number().optional().describe('share of the rated writes'),
      watts: z.number().optional(),
    })
    .optional()
    .describe('from Prometheus; absent where it cannot be asked'),
});

const Delivery = z.strictObject({
  type: z.literal('delivery'),
  cluster,
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  state: StateSchema,
  message: z.string(),
  version: z.string().optional().describe('revision or chart version that is applied'),
  suspended: z.boolean(),
  needs: z.array(z.string()).describe('keys of what it is made from or waits for'),
  waitsFor: z.array(z.string()).describe('keys of those that are not ready'),
});

const Workload = z.strictObject({
  type: z.literal('workload'),
  cluster,
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  ready: z.number().int(),
  wanted: z.number().int(),
  state: StateSchema,
  message: z.string(),
  images: z.array(z.string()),
  by: z.string().optional().describe('key of the Flux object that applied it'),
});

const Problem = z.strictObject({
  type: z.literal('problem'),
  cluster: z.string().optional(),
  object: z.string().describe('`Kind/namespace/name`, or what else is at fault'),
  message: z.string(),
  todo: z.string().describe('the one thing to do about it'),
  since: time,
});

const Address = z.strictObject({
  type: z.literal('address'),
  cluster,
  namespace: z.string(),
  name: z.string(),
  address: z.string().optional(),
  ports: z.array(z.string()),
  state: StateSchema,
});

const Pool = z.strictObject({
  type: z.literal('pool'),
  cluster,
  name: z.string(),
  range: z.string(),
  used: z.number().int(),
  size: z.number().int(),
});

const Route = z.strictObject({
  type: z.literal('route'),
  cluster,
  host: z.string(),
  service: z.string(),
  login: z.boolean(),
  public: z.boolean(),
});

const FlowItem = z.strictObject({
  type: z.literal('flow'),
  cluster,
  owner: z.string().describe('component or app'),
  name: z.string().describe('unique to its owner'),
  from: z.string(),
  to: z.string(),
  ports: z.string(),
  why: z.string(),
  policies: z
    .array(z.strictObject({ name: z.string(), there: z.boolean() }))
    .describe('NetworkPolicies that allow it; everything else is denied'),
});

const Certificate = z.strictObject({
  type: z.literal('certificate'),
  cluster,
  namespace: z.string(),
  name: z.string(),
  hosts: z.array(z.string()),
  state: StateSchema,
  message: z.string(),
  until: time.optional(),
});

const Volume = z.strictObject({
  type: z.literal('volume'),
  cluster,
  namespace: z.string(),
  name: z.string().describe('of the claim'),
  class: z.string(),
  size: bytes,
  used: bytes.optional(),
  state: StateSchema,
  message: z.string(),
  wantedReplicas: z.number().int().optional(),
  replicas: z.array(z.strictObject({ node: z.string(), state: StateSchema })),
  usedBy: z.array(z.string()).describe('pods'),
  backedUp: z.boolean().describe('whether its definition asks for backups'),
  lastBackupAt: time.optional(),
});

const Storage = z.strictObject({
  type: z.literal('storage'),
  cluster,
  asked: bytes,
  withReplicas: bytes,
  disks: bytes,
  target: z.number().describe('share of the disks that may be asked for'),
});

const FindingItem = z.strictObject({
  type: z.literal('finding'),
  source: z.enum(['check', 'trivy', 'compliance']),
  rule: z.string(),
  severity,
  cluster: z.string().optional(),
  message: z.string(),
  why: z.string(),
  remedy: z.string(),
  place: z.string().optional().describe('file and line of the definition, or the object'),
  waived: z.boolean(),
});

const Capacity = z.strictObject({
  type: z.literal('capacity'),
  cluster,
  cpu: share,
  ram: share,
  pods: share,
  targets: z.strictObject({ cpu: z.number(), memory: z.number(), storage: z.number() }),
  unplaced: z.array(z.string()),
  without: z.array(z.strictObject({ node: z.string(), unplaced: z.array(z.string()) })),
  more: z.array(z.strictObject({ app: z.string(), more: z.number().int(), first: z.string() })),
});

const AlertItem = z.strictObject({
  type: z.literal('alert'),
  cluster,
  name: z.string(),
  severity: z.enum(['critical', 'warning', 'info']),
  state: z.enum(['quiet', 'pending', 'firing', 'unknown']),
  summary: z.string(),
  runbook: z.string(),
  since: time.optional(),
});

const Window = z.strictObject({
  type: z.literal('window'),
  cluster,
  name: z.string(),
  when: z.string(),
});

const App = z.strictObject({
  type: z.literal('app'),
  cluster,
  name: z.string(),
  url: z.string().optional(),
  version: z.string(),
  state: StateSchema,
  message: z.string(),
  login: z.boolean(),
  public: z.boolean(),
});

const DifferenceItem = z.strictObject({
  type: z.literal('difference'),
  from: z.string().describe('cluster that has it'),
  to: z.string().describe('cluster that does not'),
  what: z.string(),
  here: z.string(),
  there: z.string(),
  healthySince: time.optional().describe('since when it runs well where it is'),
});

const Task = z.strictObject({
  type: z.literal('task'),
  task: z.string(),
  done: z.number(),
  total: z.number().optional(),
  detail: z.string(),
  remainingSeconds: z.number().optional(),
});

const Happening = z.strictObject({
  type: z.literal('happening'),
  at: time,
  cluster: z.string().optional(),
  about: z.enum(['delivery', 'node', 'workload', 'problem', 'cluster', 'note', 'action', 'alert']),
  good: z.boolean().optional(),
  text: z.string(),
});

/** One thing that the page knows. Its key tells it from all others and stays the same while it changes. */
export const ItemSchema = z.discriminatedUnion('type', [
  Homelab,
  Site,
  Board,
  Cluster,
  Node,
  Delivery,
  Workload,
  Problem,
  Address,
  Pool,
  Route,
  FlowItem,
  Certificate,
  Volume,
  Storage,
  FindingItem,
  Capacity,
  AlertItem,
  Window,
  App,
  DifferenceItem,
  Task,
  Happening,
]);
export type Item = z.infer<typeof ItemSchema>;
export type ItemType = Item['type'];
/** The item of one type. */
export type ItemOf<T extends ItemType> = Extract<Item, { type: T }>;

/** What is sent to a reader: everything at first, then only what is different. */
export const DeltaSchema = z.strictObject({
  version: z.number().int().nonnegative(),
  now: time.describe("the server's clock, to tell ages by"),
  set: z.record(z.string(), ItemSchema),
  gone: z.array(z.string()),
});
export type Delta = z.infer<typeof DeltaSchema>;
