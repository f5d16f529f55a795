import type { KubeObject } from '../kube/index.ts';
import type { Endpoint, Flow, Objective, SecretNeed } from './contribution.ts';

/** What makes a service reachable from outside, behind a login. */
export interface Route {
  readonly objects: readonly KubeObject[];
  readonly secrets: readonly SecretNeed[];
  readonly flows: readonly Flow[];
}

/** What a route leads to. */
export interface RouteTarget {
  /** First label of its address, and name of its objects. */
  readonly name: string;
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
  /** The pods behind the service, and their own port. */
  readonly pods: Endpoint;
  readonly podPort: number;
  /** Name that it is reached by from outside; without one it is for the LAN only. */
  readonly publicTarget?: string | undefined;
  /** It asks for a login itself. Default false: one is put in front of it. */
  readonly ownLogin?: boolean;
}

/** A port of a Service. */
export interface ServicePort {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
}

/** What components give each other. A key has one provider in a cluster. */
export interface Exports {
  /** The pod network. */
  cni: { readonly enforcesNetworkPolicies: boolean };
  /** Gives Services of type LoadBalancer an address. */
  loadBalancer: {
    /** Annotations that fix a Service's address. */
    fixedAddress(address: string): Record<string, string>;
  };
  /** Signs certificates. */
  certificateIssuer: {
    /** A Certificate object that leaves its key pair in a Secret of the same name. */
    certificate(name: string, namespace: string, dnsNames: readonly string[]): KubeObject;
  };
  /** Leads HTTP into the cluster. */
  ingress: {
    readonly address: string;
    /** Leads `https://NAME.DOMAIN` to a service, behind a login of its own. */
    route(to: RouteTarget): Route;
    /** What share of requests to a service is answered without a server error. */
    objective(namespace: string, service: string, percent: number): Objective;
  };
  /** Writes public DNS records. */
  publicDns: {
    /** Name that public names lead to. */
    readonly target: string;
  };
  /** Gives volumes. */
  storage: {
    className(kind: 'fast' | 'standard' | 'backup'): string;
    /** Labels of a claim whose volume is, or is not, to be copied to somewhere else. */
    claimLabels(backup: boolean): Readonly<Record<string, string>>;
    /** Whether volumes are copied to somewhere else. */
    readonly backedUp: boolean;
  };
  /** Keeps the cluster at what Git says. */
  gitops: {
    readonly decryptionSecret: string;
    readonly gitSecret?: string | undefined;
    /** Whether Flux takes newer images by itself. */
    readonly imageAutomation: boolean;
  };
  /** Keeps logs. */
  logs: { readonly url: string; readonly endpoint: Endpoint; readonly port: number };
  /** Collects metrics. */
  metrics: {
    readonly endpoint: Endpoint;
    /** Services whose APIs answer about them: Prometheus and Alertmanager. */
    readonly prometheus: ServicePort;
    readonly alertmanager: ServicePort;
  };
}
