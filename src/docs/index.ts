/**
 * Homelab -> its documentation, in Markdown that MkDocs and every Git host show. Pure: `subject.ts` is what it is of,
 * `pages/` has one file a page, `markdown.ts` writes tables and diagrams, `live.ts` what clusters said when asked;
 * `html.ts` and `drawing.ts` show a page where there is no MkDocs.
 */
import { type Rendered, type Tree, toYaml } from '../compile/index.ts';
import type { Homelab } from '../model/index.ts';
import { architecturePage } from './pages/architecture.ts';
import { capacityPage } from './pages/capacity.ts';
import { environmentsPage } from './pages/environments.ts';
import { gitopsPage } from './pages/gitops.ts';
import { hardwarePage } from './pages/hardware.ts';
import { monitoringPage } from './pages/monitoring.ts';
import { networkPage } from './pages/network.ts';
import { clusterStatusPage, disasterRecoveryPage, upgradesPage } from './pages/operations.ts';
import { securityPage } from './pages/security.ts';
import { storagePage } from './pages/storage.ts';
import { type Entry, indexPage, mkdocsConfig } from './site.ts';
import { type Subject, subjectOf } from './subject.ts';

export { htmlOf } from './html.ts';
export { livePage, livePath } from './live.ts';

const PAGES: readonly (Entry & { readonly write: (subject: Subject) => string })[] = [
  { path: 'architecture.md', title: 'Architecture', write: architecturePage },
  { path: 'hardware.md', title: 'Hardware', write: hardwarePage },
  { path: 'network.md', title: 'Network', write: networkPage },
  { path: 'storage.md', title: 'Storage', write: storagePage },
  { path: 'security.md', title: 'Security', write: securityPage },
  { path: 'monitoring.md', title: 'Monitoring', write: monitoringPage },
  { path: 'gitops.md', title: 'GitOps', write: gitopsPage },
  { path: 'environments.md', title: 'Environments', write: environmentsPage },
  { path: 'capacity.md', title: 'Capacity and power', write: capacityPage },
  { path: 'operations/disaster-recovery.md', title: 'Disaster recovery', write: disasterRecoveryPage },
  { path: 'operations/upgrades.md', title: 'Upgrades', write: upgradesPage },
  { path: 'operations/cluster-status.md', title: 'Cluster status', write: clusterStatusPage },
];

/** Paths below `docs/` and titles of all pages, in their order. */
export const ENTRIES: readonly Entry[] = PAGES.map(({ path, title }) => ({ path, title }));

/** The documentation, `docs/...` and `mkdocs.yml`: the same for the same definition and lock. */
export function docsPages(homelab: Homelab, rendered: Rendered): Tree {
  const subject = subjectOf(homelab, rendered);
  return new Map([
    ...PAGES.map(({ path, write }): [string, string] => [`docs/${path}`, write(subject)]),
    ['docs/index.md', indexPage(homelab, PAGES)],
    ['mkdocs.yml', toYaml(mkdocsConfig(homelab, PAGES))],
  ]);
}
