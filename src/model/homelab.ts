import type { z } from 'zod';
import type { KubeObject } from '../kube/index.ts';
import type { Cidr, IpRange } from '../util/index.ts';
import type { Board } from './board.ts';
import type { Disk } from './disk.ts';
import type { Environment, EnvironmentPolicy } from './environment.ts';
import type { Severity } from './finding.ts';
import type { OperatingSystem } from './os.ts';
import type { Path } from './position.ts';

/** A whole homelab, validated and with every reference resolved. */
export interface Homelab {
  readonly name: string;
  /** The Git repository that Flux reads, and the folder in it that holds the compiled tree. */
  readonly git: { readonly url: string; readonly branch: string; readonly path: string };
  /** The DNS zone that is yours at Cloudflare. */
  readonly zone: string;
  /** Contact for the certificate authority. */
  readonly email: string;
  readonly sites: readonly Site[];
  readonly clusters: readonly Cluster[];
  /** Findings that somebody lives with for a while. */
  readonly waivers: readonly Waiver[];
  /** From which severity on a finding fails `check`, where that is not `error`. */
  readonly failOn: Readonly<Partial<Record<Environment, Severity>>>;
  /** The encrypted Secrets that lie beside the definition, by `CLUSTER/NAMESPACE/NAME`. */
  readonly secrets: ReadonlyMap<string, SecretFile>;
  /** Plain YAML that lies beside the definition, by its folder. */
  readonly manifests: ReadonlyMap<string, readonly KubeObject[]>;
  /** Tags of images that Flux has written beside the definition, by cluster and then by image. */
  readonly versions: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** The definition as written, for looking up positions. */
  readonly definition: unknown;
}

/** A finding that is looked at as information until a day. */
export interface Waiver {
  readonly rule: string;
  /** The one cluster that it is for. */
  readonly cluster?: string | undefined;
  readonly reason: string;
  readonly owner: string;
  /** The last day that it holds, `YYYY-MM-DD`. */
  readonly until: string;
  readonly at: Path;
}

/** A Secret as it lies in Git: its keys can be read, its values cannot. */
export interface SecretFile {
  readonly keys: readonly string[];
  /** False when somebody left its values in the clear. */
  readonly encrypted: boolean;
  /** The file, whole. */
  readonly text: string;
}

/** A place with its own LAN, uplink and power. */
export interface Site {
  readonly name: string;
  readonly at: Path;
  readonly lan: {
    readonly subnet: Cidr & { readonly text: string };
    readonly gateway: string;
    readonly nameservers: readonly string[];
    readonly timeServers: readonly string[];
    readonly reserved: readonly { readonly range: IpRange; readonly text: string; readonly for: string }[];
    readonly pools: readonly Pool[];
  };
  readonly uplink?: { readonly downMbps: number; readonly upMbps: number } | undefined;
  readonly power?:
    | {
        readonly supplyWatts: number;
        readonly ups?: { readonly wattHours: number; readonly watts: number } | undefined;
        readonly price?:
          | { readonly perKwh: number; readonly currency: string; readonly hardware?: number | undefined }
          | undefined;
      }
    | undefined;
  readonly boards: readonly Board[];
}

/** A range of load-balancer addresses. */
export interface Pool {
  readonly name: string;
  readonly range: IpRange;
  /** Canonical form, `A-B`. */
  readonly text: string;
  readonly at: Path;
}

/** The hardware of one node. */
export interface Machine {
  readonly board: string;
  /** Slot of a carrier board. */
  readonly slot?: number | undefined;
  readonly model: string;
  readonly arch: 'arm64' | 'amd64';
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
  readonly disks: readonly Disk[];
  /** Where the operating system lives. */
  readonly systemDisk: Disk;
  /** Where volumes live: the system disk when there is no other. */
  readonly dataDisk: Disk;
  readonly idleWatts: number;
  readonly peakWatts: number;
  /** Degrees Celsius at which it slows itself down. */
  readonly throttleCelsius: number;
}

/** One Kubernetes node. */
export interface Node {
  readonly name: string;
  readonly at: Path;
  readonly address: string;
  readonly controlPlane: boolean;
  readonly worker: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly machine: Machine;
  /** Failure domain: the slot on one carrier, the board where nodes stand on several boards. */
  readonly zone: string;
}

/** A component as the user asked for it; the component's schema has not been applied yet. */
export interface ComponentUse {
  readonly component: string;
  readonly options: unknown;
  readonly schema: z.ZodType;
  /** What an app is; a component is found by its name. */
  readonly definition?: unknown;
  readonly at: Path;
}

/** One Kubernetes cluster. */
export interface Cluster {
  readonly name: string;
  readonly at: Path;
  readonly environment: Environment;
  readonly policy: EnvironmentPolicy;
  readonly domain: string;
  readonly os: OperatingSystem;
  readonly kubernetes: string;
  readonly controlPlaneAddress: string;
  readonly nodes: readonly Node[];
  readonly pods: Cidr & { readonly text: string };
  readonly services: Cidr & { readonly text: string };
  readonly pool: Pool;
  readonly site: Site;
  /** Components, then apps. */
  readonly components: readonly ComponentUse[];
}
