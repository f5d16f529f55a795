import { z } from 'zod';
import { DeltaSchema, ItemSchema } from '../state/index.ts';

/** One way of asking this server; the routes and their documentation are made from the same table. */
export interface Operation {
  readonly path: string;
  readonly method: 'get' | 'post' | 'delete';
  readonly summary: string;
  readonly description?: string;
  /** Shape of the body. */
  readonly body?: z.ZodType;
  readonly answer: { readonly type: string; readonly schema?: z.ZodType };
  /** Whether it can be asked without a token. */
  readonly open?: boolean;
}

const Session = z.strictObject({ token: z.string() });
const Health = z.strictObject({ status: z.literal('ok') });

export const ActionSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('reconcile'),
    cluster: z.string(),
    kind: z.enum(['GitRepository', 'HelmRepository', 'Kustomization', 'HelmRelease']),
    namespace: z.string(),
    name: z.string(),
  }),
  z.strictObject({ action: z.literal('cordon'), cluster: z.string(), node: z.string() }),
  z.strictObject({ action: z.literal('uncordon'), cluster: z.string(), node: z.string() }),
  z.strictObject({ action: z.literal('drain'), cluster: z.string(), node: z.string() }),
  z.strictObject({
    action: z.literal('silence'),
    cluster: z.string(),
    alert: z.string(),
    hours: z.number().positive().max(72),
  }),
]);
/** Something that a reader may do to a cluster. */
export type Action = z.infer<typeof ActionSchema>;

const Pages = z.array(z.strictObject({ path: z.string(), title: z.string() }));
const Done = z.strictObject({ done: z.string() });
const Permissions = z.strictObject({
  user: z.string(),
  actions: z.boolean(),
  csrf: z.string().optional().describe('to be sent back as the header x-homeplane-csrf with every action'),
});

export const OPERATIONS = {
  state: {
    path: '/api/state',
    method: 'get',
    summary: 'Everything that the page shows, at once',
    answer: { type: 'application/json', schema: DeltaSchema },
  },
  events: {
    path: '/api/events',
    method: 'get',
    summary: 'Everything, then every change, as server-sent events',
    description:
      'Events are named `snapshot` and `delta`; the data of both is a Delta. A reader that sends the header Last-Event-ID is sent what came after it where that is still known, else a snapshot.',
    answer: { type: 'text/event-stream', schema: DeltaSchema },
  },
  session: {
    path: '/api/session',
    method: 'post',
    summary: 'Exchanges the token for a cookie',
    body: Session,
    answer: { type: 'application/json', schema: Health },
    open: true,
  },
  permissions: {
    path: '/api/permissions',
    method: 'get',
    summary: 'Who asks, and what he may do',
    answer: { type: 'application/json', schema: Permissions },
  },
  act: {
    path: '/api/actions',
    method: 'post',
    summary: 'Does something to a cluster; only where the server was started with --allow-actions',
    body: ActionSchema,
    answer: { type: 'application/json', schema: Done },
  },
  docs: {
    path: '/api/docs',
    method: 'get',
    summary: "The pages of the homelab's documentation",
    answer: { type: 'application/json', schema: Pages },
  },
  doc: {
    path: '/api/docs/{path}',
    method: 'get',
    summary: 'One of them, as HTML',
    answer: { type: 'text/html' },
  },
  metrics: {
    path: '/metrics',
    method: 'get',
    summary: 'Metrics of this server, for Prometheus',
    answer: { type: 'text/plain' },
  },
  health: {
    path: '/healthz',
    method: 'get',
    summary: 'Whether the server lives',
    answer: { type: 'application/json', schema: Health },
    open: true,
  },
  openapi: {
    path: '/api/openapi.json',
    method: 'get',
    summary: 'This description',
    answer: { type: 'application/json' },
    open: true,
  },
} as const satisfies Record<string, Operation>;

export const SessionSchema = Session;

/** The API as OpenAPI 3.1. */
export function openApi(version: string): object {
  return {
    openapi: '3.1.0',
    info: { title: 'homeplane', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths: Object.fromEntries(
      Object.entries(OPERATIONS).map(([id, operation]) => [
        operation.path,
        { [operation.method]: describe(id, operation) },
      ]),
    ),
    components: {
      schemas: { Item: schemaOf(ItemSchema), Delta: schemaOf(DeltaSchema), Action: schemaOf(ActionSchema) },
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function describe(operationId: string, operation: Operation): object {
  const { summary, description, body, answer, open = false } = operation;
  const content = { [answer.type]: answer.schema === undefined ? {} : { schema: refOf(answer.schema) } };
  return {
    operationId,
    summary,
    ...(description === undefined ? {} : { description }),
    ...(open ? {} : { security: [{ token: [] }, {}] }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: refOf(body) } } } }),
    responses: {
      200: { description: 'as asked for', content },
      ...(open ? {} : { 401: { description: 'a token is needed' } }),
      403: { description: 'asked by another site' },
      421: { description: 'called by a name that is not its own' },
    },
  };
}

const NAMED = new Map<z.ZodType, string>([
  [DeltaSchema, 'Delta'],
  [ActionSchema, 'Action'],
]);

function refOf(schema: z.ZodType): object {
  const name = NAMED.get(schema);
  return name === undefined ? schemaOf(schema) : { $ref: `#/components/schemas/${name}` };
}

function schemaOf(schema: z.ZodType): object {
  const { $schema: _, ...shape } = z.toJSONSchema(schema);
  return shape;
}
