import { z } from 'zod';
import { email } from '../../model/index.ts';
import type { SecretNeed } from '../contribution.ts';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day such as "03:00"');
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** The options that say who is told of alerts, and when nobody is. */
export const NOTIFICATION_OPTIONS = {
  /** Who is told. Default nobody: alerts are only on the page, and `check` says so in production (OBS001). */
  notify: z
    .strictObject({
      /** A Discord channel, by its webhook. */
      discord: z.boolean().default(false),
      /** Mail, for critical alerts that nobody has silenced after a while; for all of them without Discord. */
      email: z
        .strictObject({
          to: email,
          from: email,
          /** Mail server and port; STARTTLS is required. */
          smarthost: z
            .string()
            .regex(/^[^\s:]+:\d+$/, 'a mail server and port such as "smtp.example.org:587"'),
          /** Login at the mail server. Default: the address in `from`. */
          username: z.string().min(1).optional(),
          /** Minutes after which a critical alert that nobody silenced is mailed. Default 30. */
          escalateAfterMinutes: z.number().int().min(1).default(30),
        })
        .optional(),
      /** A service outside that raises the alarm when nothing is heard from the cluster any more. */
      deadMansSwitch: z.boolean().default(false),
    })
    .default({ discord: false, deadMansSwitch: false }),
  /** Recurring times in which nobody is told. */
  maintenance: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z0-9-]+$/, 'a name of lower-case letters, digits and hyphens'),
        /** Default: every day. */
        weekdays: z.array(z.enum(WEEKDAYS)).min(1).optional(),
        from: time,
        to: time,
        /** IANA name such as `Europe/Stockholm`. Default `UTC`. */
        timeZone: z
          .string()
          .regex(/^[A-Za-z_]+(\/[A-Za-z_+-]+)*$/)
          .default('UTC'),
      }),
    )
    .default([]),
} as const;

const OptionsSchema = z.object(NOTIFICATION_OPTIONS);
/** The parsed form of {@link NOTIFICATION_OPTIONS}. */
export type NotificationOptions = z.output<typeof OptionsSchema>;

/** The Secret with what receivers are reached by; mounted as files, so that no value is in the configuration. */
export const RECEIVERS_SECRET = 'alertmanager-receivers';
const FILES = `/etc/alertmanager/secrets/${RECEIVERS_SECRET}`;
const KEYS = {
  discord: 'discord-webhook-url',
  email: 'smtp-password',
  deadMansSwitch: 'dead-mans-switch-url',
} as const;

/** Alertmanager's configuration, as amtool reads it. */
export function alertmanagerConfig({ notify, maintenance }: NotificationOptions): Record<string, unknown> {
  const muted = maintenance.length === 0 ? {} : { mute_time_intervals: maintenance.map(({ name }) => name) };
  const first = notify.discord ? 'discord' : notify.email === undefined ? NOBODY : 'email';
  const escalation = {
    receiver: 'email',
    matchers: ['severity="critical"'],
    // Whoever silences the alert in time has acknowledged it, and no mail is sent.
    group_wait: `${notify.email?.escalateAfterMinutes ?? 0}m`,
    repeat_interval: '4h',
    ...muted,
  };
  const critical = {
    receiver: first,
    matchers: ['severity="critical"'],
    repeat_interval: '1h',
    continue: true,
    ...muted,
  };
  return {
    global: { resolve_timeout: '5m' },
    route: {
      receiver: NOBODY,
      group_by: ['cluster', 'namespace', 'alertname'],
      group_wait: '30s',
      group_interval: '5m',
      repeat_interval: '12h',
      routes: [
        {
          // It always fires: whoever stops hearing it raises the alarm.
          receiver: notify.deadMansSwitch ? 'dead-mans-switch' : NOBODY,
          matchers: ['alertname="Watchdog"'],
          group_wait: '0s',
          group_interval: '1m',
          repeat_interval: '5m',
        },
        { receiver: NOBODY, matchers: ['severity=~"info|none"'] },
        critical,
        ...(notify.discord && notify.email !== undefined ? [escalation] : []),
        { receiver: first, matchers: ['severity="warning"'], ...muted },
      ],
    },
    inhibit_rules: [
      inhibit(['severity="critical"'], ['severity=~"warning|info"'], ['namespace', 'alertname']),
      inhibit(['severity="warning"'], ['severity="info"'], ['namespace', 'alertname']),
      // Of a node that is gone everything else is gone too.
      inhibit(['alertname="KubeNodeNotReady"'], ['severity=~"warning|info"', 'node!=""'], ['node']),
    ],
    receivers: [{ name: NOBODY }, ...receivers(notify)],
    ...(maintenance.length === 0 ? {} : { time_intervals: maintenance.map(timeInterval) }),
  };
}

const NOBODY = 'nobody';

function receivers(notify: NotificationOptions['notify']): object[] {
  const { discord, email, deadMansSwitch } = notify;
  return [
    ...(discord
      ? [
          {
            name: 'discord',
            // Discord takes what is meant for Slack at an address of its own (discord.com/developers, "Execute
            // Slack-Compatible Webhook"); for its own format the operator knows no file with the address.
            slack_configs: [
              {
                api_url_file: `${FILES}/${KEYS.discord}`,
                send_resolved: true,
                title: TITLE,
                text: TEXT,
                color: '{{ if eq .Status "firing" }}danger{{ else }}good{{ end }}',
              },
            ],
          },
        ]
      : []),
    ...(email === undefined
      ? []
      : [
          {
            name: 'email',
            email_configs: [
              {
                to: email.to,
                from: email.from,
                smarthost: email.smarthost,
                auth_username: email.username ?? email.from,
                auth_password_file: `${FILES}/${KEYS.email}`,
                require_tls: true,
                send_resolved: true,
                headers: { Subject: TITLE },
              },
            ],
          },
        ]),
    ...(deadMansSwitch
      ? [
          {
            name: 'dead-mans-switch',
            webhook_configs: [{ url_file: `${FILES}/${KEYS.deadMansSwitch}`, send_resolved: false }],
          },
        ]
      : []),
  ];
}

const TITLE =
  '{{ if eq .Status "firing" }}{{ .Alerts.Firing | len }} firing{{ else }}resolved{{ end }}: {{ .CommonLabels.alertname }} on {{ .CommonLabels.cluster }}';
const TEXT =
  '{{ range .Alerts }}**{{ .Labels.severity }}** {{ or .Annotations.summary .Annotations.description }}\n{{ with .Annotations.runbook }}`{{ . }}`\n{{ end }}{{ end }}';

function inhibit(source: string[], target: string[], equal: string[]): object {
  return { source_matchers: source, target_matchers: target, equal };
}

function timeInterval(window: NotificationOptions['maintenance'][number]): object {
  const { name, weekdays, from, to, timeZone } = window;
  const days = weekdays === undefined ? {} : { weekdays };
  return {
    name,
    time_intervals: [{ ...days, times: [{ start_time: from, end_time: to }], location: timeZone }],
  };
}

/** What the receivers need, in one Secret; none when nobody is told. */
export function notificationSecrets(namespace: string, { notify }: NotificationOptions): SecretNeed[] {
  const keys = [
    ...(notify.discord ? [KEYS.discord] : []),
    ...(notify.email === undefined ? [] : [KEYS.email]),
    ...(notify.deadMansSwitch ? [KEYS.deadMansSwitch] : []),
  ];
  if (keys.length === 0) return [];
  const given = Object.fromEntries(keys.map((key) => [key, 'given' as const]));
  return [
    {
      namespace,
      name: RECEIVERS_SECRET,
      keys: given,
      why: 'Where alerts go (of Discord: the webhook with `/slack` at its end), and the login at the mail server.',
    },
  ];
}
