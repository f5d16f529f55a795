import { relative } from 'node:path/posix';
import type { Exports } from '../components/index.ts';
import { unique } from '../util/index.ts';
import { clusterDocuments } from './documents.ts';
import type { ClusterPlan } from './plan.ts';
import { toYaml } from './yaml.ts';

type Files = [path: string, content: string][];

/** The files of `clusters/<cluster>/`: its objects, and for each Kustomization the list of files that are its own. */
export function clusterFiles(plan: ClusterPlan, gitops: Exports['gitops']): Files {
  const documents = clusterDocuments(plan, gitops);
  const lists = unique(documents.map(({ folder }) => folder)).map((folder): [string, string] => {
    const files = documents.filter((document) => document.folder === folder);
    return [`${folder}/kustomization.yaml`, kustomizeFile(files.map(({ file }) => relative(folder, file)))];
  });
  return [
    ...lists,
    ...documents.map(({ file, objects, text }): [string, string] => [file, text ?? toYaml(...objects)]),
  ];
}

function kustomizeFile(resources: readonly string[]): string {
  return toYaml({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources });
}
