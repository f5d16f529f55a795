import { listAt, textAt } from '../../kube/index.ts';
import type { ObjectRule } from '../rule.ts';

const NAMES = /(^|_)(PASSWORD|PASSWD|TOKEN|SECRET|API_?KEY|PRIVATE_KEY)$/i;

export const SEC009: ObjectRule = {
  id: 'SEC009',
  title: 'a password in the environment of a pod',
  severity: 'error',
  why: 'It lies in Git and in every `kubectl describe`; whoever may look at pods may read it.',
  remedy: 'Put it into a Secret and name that: `valueFrom.secretKeyRef`, in a definition `secrets`.',
  references: ['https://kubernetes.io/docs/concepts/configuration/secret/'],
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: db, namespace: db }
spec: { template: { spec: { containers: [{ name: db, env: [{ name: POSTGRES_PASSWORD, value: hunter2 }] }] } } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: db, namespace: db }
spec:
  template:
    spec:
      containers:
        - name: db
          env: [{ name: POSTGRES_PASSWORD, valueFrom: { secretKeyRef: { name: login, key: password } } }]
`,
  *inspect(world) {
    for (const { object, containers } of world.pods)
      for (const { name, fields } of containers)
        for (const variable of listAt(fields, 'env')) {
          const [key, value] = [textAt(variable, 'name'), textAt(variable, 'value')];
          // A number, a switch or the path of a file is not what the name suggests.
          if (key === undefined || value === undefined || !NAMES.test(key)) continue;
          if (/^(|\d+|true|false|\/.*|\$[({].*)$/.test(value)) continue;
          yield { object, message: `container ${name} has the value of ${key} in clear` };
        }
  },
};
