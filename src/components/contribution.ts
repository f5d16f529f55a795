import type { KubeObject } from '../kube/index.ts';
import type { Node } from '../model/index.ts';

/** Everything that a component gives to every output of homeplane. */
export interface Contribution {
  readonly namespaces: readonly NamespaceSpec[];
  readonly releases: readonly Release[];
  /** Objects of kinds that every cluster knows, applied with the releases. */
  readonly objects?: readonly KubeObject[];
  /** Objects of the component's own kinds, applied when its releases are ready. */
  readonly config?: readonly ConfigObject[];
  readonly flows?: readonly Flow[];
  readonly secrets?: readonly SecretNeed[];
  readonly alerts?: readonly Alert[];
  readonly dashboards?: readonly Dashboard[];
  /** What it promises to its users, measured. */
  readonly objectives?: readonly Objective[];
  /** Names of the metrics that its targets expose and that alerts, dashboards and objectives may ask for. */
  readonly metrics?: readonly string[];
  /** Images whose newer tags Flux may take by itself. */
  readonly images?: readonly ImageUpdates[];
  /** Files for people and their tools below `monitoring/<cluster>/`; Flux does not read them. */
  readonly files?: Readonly<Record<string, unknown>>;
  /** What the machines under the cluster must be configured with. */
  readonly hosts?: HostNeeds;
  /** What `check` would find in its objects, and why it is so. */
  readonly accepts?: readonly Accepted[];
}

/** A rule that a component's objects break on purpose, or because their chart leaves no choice. */
export interface Accepted {
  readonly rule: string;
  /** Names of the objects; all when left out. */
  readonly objects?: readonly string[];
  readonly reason: string;
}

/** PodSecurity levels, from the most permissive. */
export const POD_SECURITY_LEVELS = ['privileged', 'baseline', 'restricted'] as const;
export type PodSecurityLevel = (typeof POD_SECURITY_LEVELS)[number];

/** A namespace that a component owns. */
export interface NamespaceSpec {
  readonly name: string;
  /** The strictest level at which the component's own pods still start. */
  readonly needs: PodSecurityLevel;
  /** Why, when that is not `restricted`. */
  readonly reason?: string;
  /** The level to enforce, when the user overrode it. */
  readonly enforce?: PodSecurityLevel | undefined;
}

/** A Helm chart at a pinned version. */
export interface Chart {
  /** `https://` repository, or `oci://` registry path. */
  readonly repository: string;
  readonly name: string;
  readonly version: string;
}

/** A Helm release. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly chart: Chart;
  readonly values: Record<string, unknown>;
  /** Strategic-merge patches on what the chart renders, for what its values cannot say. */
  readonly patches?: readonly Patch[];
}

/** One patch and the object it is for. */
export interface Patch {
  readonly target: { readonly kind: string; readonly name: string };
  readonly patch: Record<string, unknown>;
}

/** An object of a component's own kind, and how Flux knows that it is well. */
export interface ConfigObject {
  readonly object: KubeObject;
  /** Whether the kind reports a Ready condition to wait for. */
  readonly ready?: boolean;
}

/** One end of a flow. */
export type Endpoint =
  | { readonly kind: 'pods'; readonly namespace: string; readonly labels: Readonly<Record<string, string>> }
  /** The API server, at the control planes' addresses and at its service. */
  | { readonly kind: 'kubernetes-api' }
  /** The nodes themselves: the API server calling a webhook, host-network pods. */
  | { readonly kind: 'nodes' }
  /** Anything outside the homelab. */
  | { readonly kind: 'internet' }
  /** Whoever reaches the load balancer. */
  | { readonly kind: 'clients' }
  /** One machine outside the cluster. */
  | { readonly kind: 'address'; readonly address: string }
  /** Whoever collects metrics; no policy is made until a component exports `metrics`. */
  | { readonly kind: 'metrics' };

/** Who talks to whom, on which port, and why. NetworkPolicies and the network map come from flows. */
export interface Flow {
  readonly name: string;
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** None means all of them; towards the API server they are known. */
  readonly ports: readonly Port[];
  readonly why: string;
  /** Set on a flow of metrics: whoever collects them asks at its ports, which the pods declare. */
  readonly scrape?: Scrape;
}

/** How metrics are asked for. */
export interface Scrape {
  /** `https` comes with a certificate of the pod's own and asks for the collector's token. Default `http`. */
  readonly scheme?: 'http' | 'https';
  /** Parameters of the address, for an exporter that has to be told what to look at. */
  readonly params?: Readonly<Record<string, string>>;
}

export interface Port {
  readonly port: number;
  readonly protocol?: 'TCP' | 'UDP';
}

/** A Secret that must be there; its values are never in a definition. */
export interface SecretNeed {
  readonly namespace: string;
  readonly name: string;
  readonly keys: Readonly<Record<string, SecretSource>>;
  readonly why: string;
  /** It is what opens the others, or Git itself, and so cannot be among the encrypted files in Git. */
  readonly outsideGit?: boolean;
}

/**
 * Where a value comes from: from outside, so that only the user can give it; a password that nobody needs to choose;
 * a line of logins for the ingress, whose password is kept beside it under the key `password`; or a fixed text.
 */
export type SecretSource = 'given' | 'password' | 'login' | { readonly fixed: string };

/** An alerting rule as Prometheus reads it. */
export interface Alert {
  readonly name: string;
  readonly expr: string;
  /** How long it must hold, such as `10m`. */
  readonly for: string;
  readonly severity: 'info' | 'warning' | 'critical';
  readonly summary: string;
  /** What to look at first. */
  readonly runbook: string;
  /** Series under which it fires and under which it does not; promtool runs both as its tests. */
  readonly fires: Series;
  readonly quiet: Series;
  /** How long the series run before it is looked at. Default five minutes after `for`. */
  readonly after?: string;
}

/** Series -> values a minute apart, as promtool writes them: `{ 'up{job="x"}': '0x30' }`. */
export type Series = Readonly<Record<string, string>>;

/** A page of panels. */
export interface Dashboard {
  /** Its file and address. */
  readonly name: string;
  readonly title: string;
  readonly panels: readonly Panel[];
}

export interface Panel {
  readonly title: string;
  readonly kind: 'timeseries' | 'stat' | 'gauge' | 'table';
  /** PromQL, one or several; `$node` and the like are not used, so that each can be checked. */
  readonly queries: readonly { readonly expr: string; readonly legend?: string }[];
  /** Grafana's name of the unit, such as `celsius`, `bytes`, `percentunit`. */
  readonly unit?: string;
  /** From where on a value is yellow and red. */
  readonly warn?: number;
  readonly alarm?: number;
  /** Of the 24 columns. Default 8. */
  readonly width?: 6 | 8 | 12 | 24;
}

/** A service level objective: what share of events is good, over 30 days. */
export interface Objective {
  /** Unique in the cluster, such as `ingress-availability`. */
  readonly name: string;
  readonly title: string;
  /** Percent that should be good, such as 99.5. */
  readonly percent: number;
  /** PromQL of the rate of bad events, and of all, over a window such as `5m`. */
  readonly bad: (window: string) => string;
  readonly all: (window: string) => string;
  /** Series of one event a second of which that share is bad, for as many minutes; promtool tests with them. */
  readonly sample: (share: number, minutes: number) => Series;
}

/** An image whose newer tags may be taken without anybody's doing. */
export interface ImageUpdates {
  /** Unique in the cluster. */
  readonly name: string;
  readonly repository: string;
  /** The tag it has now. */
  readonly tag: string;
  /** Semantic versions that may be taken, such as `^1.34.0`. */
  readonly range: string;
}

/** What the machine configuration must carry. */
export interface HostNeeds {
  /** Merged into each node's Talos machine configuration. */
  readonly talos?: Record<string, unknown>;
  /** Talos system extensions, by their official names. */
  readonly extensions?: readonly string[];
  /** Kernel modules to load at boot. */
  readonly kernelModules?: readonly string[];
  /** Packages to install on Ubuntu, and services to enable there. */
  readonly packages?: readonly string[];
  readonly services?: readonly string[];
  /** Files of the hosts. */
  readonly files?: readonly HostFile[];
  /** A file system on the data disk of some nodes. */
  readonly dataVolume?: {
    /** Name of the Talos user volume and label of the file system. */
    readonly name: string;
    /** Where it is mounted. */
    readonly path: string;
    /** Names of the nodes. */
    readonly nodes: readonly string[];
  };
  /** Whether the control plane's metrics answer on the node's address, not only on loopback. */
  readonly controlPlaneMetrics?: boolean;
}

/** A file of the hosts, where each operating system keeps it; an operating system that is not named does without. */
export interface HostFile {
  /** Of a system extension of Talos. */
  readonly talos?: { readonly service: string; readonly path: string };
  readonly ubuntu?: { readonly path: string; readonly owner: string; readonly permissions: string };
  readonly content: (host: Node, os: 'talos' | 'ubuntu') => string;
  /** What its content has as `${VARIABLE}`, and is put in only on the way to the machine. */
  readonly secret?: {
    readonly variable: string;
    readonly namespace: string;
    readonly name: string;
    readonly key: string;
  };
}
