import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { soundDefinition } from '../../../test/support/definition.ts';
import { microSd, readHomelab, rk1, slot, talos, turingPi2, usbSsd } from '../../model/index.ts';
import { compile } from '../index.ts';
import { schematic } from './schematic.ts';

function compiled(change: (definition: ReturnType<typeof soundDefinition>) => void) {
  const definition = soundDefinition();
  change(definition);
  const { homelab, findings } = readHomelab(definition);
  if (homelab === undefined) throw new Error(findings.map(({ message }) => message).join('; '));
  return compile(homelab);
}

describe('the schematic', () => {
  // Ids that the image factory itself gives: of an empty customization, and of an RK1 with Longhorn's extensions.
  it.each([
    ['nuc', [], '376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba'],
    [
      'rk1',
      ['siderolabs/iscsi-tools', 'siderolabs/util-linux-tools'],
      '85f683902139269fbc5a7f64ea94a694d31e0b3d94347a225223fcbd042083ae',
    ],
  ])('of %s with %j has the id that the factory gives it', (model, extensions, id) => {
    expect(schematic(model, extensions)).toMatchObject({
      id,
      installer: `factory.talos.dev/metal-installer/${id}`,
    });
  });
});

describe('what storage needs of the hosts flows into the machine configurations', () => {
  it('on Talos: extensions in the installer, a user volume, the mount of the kubelet', () => {
    const tree = compiled((definition) => {
      const board = turingPi2('turing', { slots: { 1: rk1({ memory: '32GB', disks: [usbSsd('1TB')] }) } });
      definition.sites[0]?.boards.push(board);
      for (const lab of definition.clusters) {
        lab.os = talos({ version: '1.13.0' });
        lab.nodes = [
          { name: 'one', on: slot(board, 1), address: '192.168.7.11', roles: ['control-plane', 'worker'] },
        ];
      }
    });
    const [machine, , volume] = parseAllDocuments(tree.get('machines/lab/one/talos-patch.yaml') ?? '').map(
      (document) => document.toJS() as unknown,
    );
    expect(machine).toMatchObject({
      machine: {
        install: {
          image: expect.stringMatching(
            /^factory\.talos\.dev\/metal-installer\/[0-9a-f]{64}:v1\.13\.0$/,
          ) as string,
        },
        kubelet: { extraMounts: [{ destination: '/var/mnt/longhorn', options: ['bind', 'rshared', 'rw'] }] },
        kernel: { modules: [{ name: 'dm_crypt' }] },
      },
    });
    expect(volume).toMatchObject({
      kind: 'UserVolumeConfig',
      name: 'longhorn',
      provisioning: { diskSelector: { match: "disk.transport == 'usb' && !system_disk" } },
    });
    expect(tree.get('machines/lab/one/schematic.yaml')).toContain('siderolabs/iscsi-tools');
  });

  it('on Ubuntu: packages, modules, and the data disk, never the microSD card', () => {
    const tree = compiled((definition) => {
      const [board] = definition.sites[0]?.boards ?? [];
      if (board?.kind === 'single') board.compute.disks = [microSd('64GB'), usbSsd('1TB')];
    });
    const text = tree.get('machines/lab/pi-1/cloud-init.yaml') ?? '';
    expect(text).toMatch(/^#cloud-config\n/);
    expect(parse(text)).toMatchObject({
      packages: ['containerd', 'unattended-upgrades', 'cryptsetup', 'nfs-common', 'nut-client', 'open-iscsi'],
      ntp: { enabled: true, servers: ['time.cloudflare.com'] },
      fs_setup: [{ device: '/dev/sda', label: 'longhorn', overwrite: false }],
      mounts: [
        ['LABEL=writable', '/', 'ext4', 'defaults,noatime,commit=60', '0', '1'],
        ['LABEL=longhorn', '/var/lib/longhorn', 'ext4', 'defaults,noatime,nofail', '0', '2'],
      ],
    });
    expect(text).toContain('Storage=volatile');
    expect(tree.get('machines/lab/pi-2/cloud-init.yaml')).not.toContain('Storage=volatile');
  });
});

describe('storage classes', () => {
  const replicas = (tree: ReadonlyMap<string, string>) =>
    Object.fromEntries(
      parseAllDocuments(tree.get('clusters/lab/storage/longhorn/objects.yaml') ?? '').map((document) => {
        const { metadata, parameters } = document.toJS() as {
          metadata: { name: string };
          parameters: { numberOfReplicas: string };
        };
        return [metadata.name, parameters.numberOfReplicas];
      }),
    );

  it('have the replicas of the reference where there are three nodes', () => {
    expect(replicas(compiled(() => undefined))).toEqual({
      'longhorn-fast': '3',
      'longhorn-standard': '2',
      'longhorn-backup': '1',
    });
  });

  it('are capped to what the nodes can hold, with the reason', () => {
    const tree = compiled(({ clusters }) => {
      for (const lab of clusters) lab.nodes = lab.nodes.slice(0, 1);
    });
    expect(replicas(tree)).toEqual({
      'longhorn-fast': '1',
      'longhorn-standard': '1',
      'longhorn-backup': '1',
    });
    expect(tree.get('clusters/lab/storage/longhorn/objects.yaml')).toContain(
      '3 replicas are wanted, 1 can be held by the nodes of lab',
    );
  });
});

describe('hardening', () => {
  const files = (environment: 'production' | 'staging') => {
    const tree = compiled(({ clusters }) => {
      for (const lab of clusters) lab.environment = environment;
    });
    return `${tree.get('machines/lab/pi-1/kubeadm.yaml')}${tree.get('machines/lab/pi-1/cloud-init.yaml')}`;
  };

  it('of production is audit, encrypted Secrets and kubelet settings; staging has none of it', () => {
    for (const text of [
      'audit-policy-file',
      'encryption-provider-config',
      'protectKernelDefaults: true',
      'vm.overcommit_memory = 1',
    ]) {
      expect(files('production')).toContain(text);
      expect(files('staging')).not.toContain(text);
    }
  });
});
