import type { HostFile } from '../../components/index.ts';
import type { Node } from '../../model/index.ts';
import { toYaml } from '../yaml.ts';

/** Configuration of Talos' system extensions: a document for each, beside the patch, because secrets are put into it. */
export function extensionServices(node: Node, files: readonly HostFile[]): [string, string][] {
  return files.flatMap(({ talos, content }): [string, string][] =>
    talos === undefined
      ? []
      : [
          [
            `${talos.service}.yaml`,
            toYaml({
              apiVersion: 'v1alpha1',
              kind: 'ExtensionServiceConfig',
              name: talos.service,
              configFiles: [{ content: content(node, 'talos'), mountPath: talos.path }],
            }),
          ],
        ],
  );
}
