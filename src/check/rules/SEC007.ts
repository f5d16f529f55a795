import { mapAt, wordAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

/** Kinds of Secrets that others fill, and that lie in Git empty. */
const FILLED_LATER: ReadonlySet<unknown> = new Set(['kubernetes.io/service-account-token']);

export const SEC007: ObjectRule = {
  id: 'SEC007',
  title: 'a Secret that lies in Git readable',
  severity: 'error',
  why: 'Base64 is no encryption: whoever can read the repository, now or in its history, has the password.',
  remedy: 'Encrypt it with SOPS (`homeplane secrets set`), and change the value: it is known.',
  references: ['https://fluxcd.io/flux/guides/mozilla-sops/'],
  bad: `
apiVersion: v1
kind: Secret
metadata: { name: login, namespace: web }
stringData: { password: hunter2 }
`,
  good: `
apiVersion: v1
kind: Secret
metadata: { name: login, namespace: web }
stringData: { password: 'ENC[AES256_GCM,data:qwe=,iv:asd=,tag:zxc=,type:str]' }
sops: { version: 3.9.0 }
`,
  *inspect(world) {
    for (const object of world.of('Secret')) {
      if (object['sops'] !== undefined || world.isRendered(object) || FILLED_LATER.has(object['type']))
        continue;
      const values = { ...mapAt(object, 'data'), ...mapAt(object, 'stringData') };
      // What Flux fills in from elsewhere is no secret yet.
      const readable = Object.keys(values).filter(
        (key) => !/^(|\$\{\w+\}|ENC\[.*)$/s.test(wordAt(values, key)),
      );
      if (readable.length > 0) yield { object, message: `has ${readable.join(', ')} unencrypted` };
    }
  },
};
