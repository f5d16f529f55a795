import type { Node } from '../../model/index.ts';
import type { HostNeeds } from '../contribution.ts';
import { MONITOR, NAMESPACE, NUT_PORT } from './names.ts';

/**
 * Each host watches its own step and shuts itself down: it needs no cluster for that. The keyword is the one that
 * both NUT 2.7 of Ubuntu 22.04 and 2.8 know.
 */
export function monitorOf(node: Node | undefined): HostNeeds {
  const monitor = (step: 'workers' | 'control-plane', poweroff: string) =>
    [
      `MONITOR ${step}@${node?.address}:${NUT_PORT} 1 ${MONITOR.user} \${${MONITOR.variable}} slave`,
      `SHUTDOWNCMD "${poweroff}"`,
      // Of a server that is gone: after this long on battery it is taken for empty.
      'DEADTIME 60',
      'POLLFREQ 10',
      'POLLFREQALERT 5',
      'FINALDELAY 0',
      '',
    ].join('\n');
  return {
    files: [
      {
        secret: {
          variable: MONITOR.variable,
          namespace: NAMESPACE,
          name: MONITOR.secret,
          key: MONITOR.key,
        },
        talos: { service: 'nut-client', path: '/usr/local/etc/nut/upsmon.conf' },
        ubuntu: { path: '/etc/nut/upsmon.conf', owner: 'root:nut', permissions: '0640' },
        content: (host, os) =>
          monitor(
            host.controlPlane ? 'control-plane' : 'workers',
            os === 'talos' ? '/sbin/poweroff' : '/sbin/shutdown -h +0',
          ),
      },
      {
        ubuntu: { path: '/etc/nut/nut.conf', owner: 'root:nut', permissions: '0640' },
        content: () => 'MODE=netclient\n',
      },
    ],
  };
}
