import { probeHttp, type Service } from '../../process/index.ts';
import type { Resolved } from '../../toolchain/index.ts';
import type { Layout, UserName } from '../layout.ts';

/** How long a Flux object waits before it looks again whether what it depends on is ready. */
const REQUEUE = '--requeue-dependency=1s';

export async function sourceController(layout: Layout, program: Resolved): Promise<Service> {
  const address = `127.0.0.1:${layout.ports.sourceArtifacts}`;
  return controller(layout, program, 'source-controller', layout.ports.sourceHealth, [
    `--storage-path=${await layout.data('source-controller')}`,
    `--storage-addr=${address}`,
    `--storage-adv-addr=${address}`,
  ]);
}

export function kustomizeController(layout: Layout, program: Resolved): Promise<Service> {
  return controller(layout, program, 'kustomize-controller', layout.ports.kustomizeHealth, []);
}

export function helmController(layout: Layout, program: Resolved): Promise<Service> {
  return controller(layout, program, 'helm-controller', layout.ports.helmHealth, []);
}

async function controller(
  layout: Layout,
  program: Resolved,
  user: UserName,
  healthPort: number,
  args: readonly string[],
): Promise<Service> {
  const health = `127.0.0.1:${healthPort}`;
  return {
    name: `${layout.cluster.name}/${program.name}`,
    command: {
      file: program.file,
      args: [
        '--enable-leader-election=false',
        '--metrics-addr=0',
        `--health-addr=${health}`,
        '--events-addr=',
        REQUEUE,
        '--concurrent=10',
        ...args,
      ],
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: layout.folder,
        // Its own: these controllers tidy up temporary folders by name, also those of another cluster's.
        TMPDIR: await layout.scratch(program.name),
        ...proxies(),
        KUBECONFIG: layout.kubeconfig(user),
        RUNTIME_NAMESPACE: 'flux-system',
      },
    },
    log: layout.log(program.name),
    probe: probeHttp({ url: `http://${health}/healthz` }),
  };
}

/** Charts may have to be fetched through the user's proxy, and by certificates of the user's choice. */
function proxies(): Record<string, string> {
  const names = [
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'NO_PROXY',
    'http_proxy',
    'https_proxy',
    'no_proxy',
    'SSL_CERT_FILE',
    'SSL_CERT_DIR',
  ];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
