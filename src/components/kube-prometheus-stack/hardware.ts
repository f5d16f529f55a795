import type { Disk, Node } from '../../model/index.ts';
import type { Alert, Series } from '../contribution.ts';

/** Degrees below the point where a board slows down. */
const MARGIN = 10;
const SECONDS_PER_YEAR = 365 * 86_400;
/** A disk that is worn out sooner than this is being written to too much. */
const YEARS = 3;

/** Alerts that follow from the boards: their sensors, thresholds and disks are in the definition. */
export function hardwareAlerts(nodes: readonly Node[]): Alert[] {
  return [...temperature(nodes), ...undervoltage(nodes), ...diskWear(nodes), ...diskGone(nodes)];
}

function temperature(nodes: readonly Node[]): Alert[] {
  const parts = groupBy(nodes, ({ machine }) => machine.throttleCelsius).map(
    ([celsius, group]) =>
      `max by (node) (node_thermal_zone_temp{node=~"${names(group)}"}) > ${celsius - MARGIN}`,
  );
  const [node] = nodes;
  if (node === undefined) return [];
  const zone = `node_thermal_zone_temp{node="${node.name}",type="soc-thermal",zone="0"}`;
  const cooling = `node_cooling_device_cur_state{node="${node.name}",type="thermal-cpufreq-0"}`;
  return [
    {
      name: 'NodeTemperatureHigh',
      expr: parts.join(' or '),
      fires: { [zone]: `${node.machine.throttleCelsius - MARGIN + 1}x30` },
      quiet: { [zone]: `${node.machine.throttleCelsius - MARGIN - 1}x30` },
      for: '5m',
      severity: 'warning',
      summary: `{{ $labels.node }} is at {{ $value | printf "%.0f" }} °C, less than ${MARGIN} below where it slows down`,
      runbook: 'Look at the fan and the air around the board; kubectl top pods -A --sort-by=cpu',
    },
    {
      name: 'NodeThrottled',
      expr: 'max by (node) (node_cooling_device_cur_state{type=~"(thermal-)?cpufreq.*"}) > 0',
      fires: { [cooling]: '1x30' },
      quiet: { [cooling]: '0x30' },
      for: '10m',
      severity: 'critical',
      summary: '{{ $labels.node }} has slowed its cores down for 10 minutes because it is too hot',
      runbook: 'Look at the fan and the air around the board; kubectl top pods -A --sort-by=cpu',
    },
  ];
}

/** The Raspberry Pis' firmware says so; other boards have no such sensor. */
function undervoltage(nodes: readonly Node[]): Alert[] {
  const pis = nodes.filter(({ machine }) => /^(raspberry-pi|cm\d)/.test(machine.model));
  const [pi] = pis;
  if (pi === undefined) return [];
  const sensor = `node_hwmon_in_lcrit_alarm_volts{node="${pi.name}",sensor="in0"}`;
  return [
    {
      name: 'NodeUndervoltage',
      expr: `max by (node) (node_hwmon_in_lcrit_alarm_volts{node=~"${names(pis)}"}) > 0`,
      // The exporter takes the flag for millivolts.
      fires: { [sensor]: '0.001x30' },
      quiet: { [sensor]: '0x30' },
      for: '1m',
      severity: 'critical',
      summary: '{{ $labels.node }} gets less than 4.63 V: its disks may lose data',
      runbook: 'Use the official power supply and a short cable; unplug what is fed over USB',
    },
  ];
}

/** Bytes a day are declared by what is written; what a disk endures is in its data sheet. */
function diskWear(nodes: readonly Node[]): Alert[] {
  const disks = nodes.flatMap((node) => node.machine.disks.map((disk) => ({ node, disk })));
  const [first] = disks;
  if (first === undefined) return [];
  const parts = groupBy(disks, ({ disk }) => `${deviceOf(disk)} ${disk.enduranceTbw}`).map(([, group]) => {
    const [{ disk }] = group;
    const written = `rate(node_disk_written_bytes_total{node=~"${names(group.map(({ node }) => node))}",device="${deviceOf(disk)}"}[1d])`;
    return `${written} > ${bytesPerSecond(disk)}`;
  });
  const series = `node_disk_written_bytes_total{node="${first.node.name}",device="${deviceOf(first.disk)}"}`;
  const perMinute = (factor: number) => Math.round(bytesPerSecond(first.disk) * 60 * factor);
  return [
    {
      name: 'DiskWornOutSoon',
      expr: parts.join(' or '),
      fires: { [series]: `0+${perMinute(1.5)}x1600` },
      quiet: { [series]: `0+${perMinute(0.5)}x1600` },
      after: '26h',
      for: '1h',
      severity: 'warning',
      summary: `{{ $labels.device }} of {{ $labels.node }} is written to so much that it is worn out in less than ${YEARS} years`,
      runbook:
        'Dashboard "Node hardware", panel "Written in a day", shows the disk; move what writes to another, or keep logs in memory',
    },
  ];
}

/** A disk on USB that resets comes back under another name, or its file system read-only. */
function diskGone(nodes: readonly Node[]): Alert[] {
  const external = nodes.filter(({ machine }) => machine.dataDisk !== machine.systemDisk);
  const [node] = external;
  if (node === undefined) return [];
  const up = (name: string) => `up{job="node-exporter",node="${name}"}`;
  const written = (name: string, disk: Disk) =>
    `node_disk_written_bytes_total{node="${name}",device="${deviceOf(disk)}"}`;
  const { dataDisk } = node.machine;
  const healthy: Series = { [up(node.name)]: '1x30', [written(node.name, dataDisk)]: '0x30' };
  const readOnly = `node_filesystem_readonly{node="${node.name}",device="${dataDisk.device}1",mountpoint="/data"}`;
  const groups = groupBy(external, ({ machine }) => machine.dataDisk.device);
  return [
    {
      name: 'DataDiskGone',
      expr: groups
        .map(
          ([device, group]) =>
            `(up{job="node-exporter",node=~"${names(group)}"} == 1 unless on (node) node_disk_written_bytes_total{device="${device.replace('/dev/', '')}"})`,
        )
        .join(' or '),
      fires: { [up(node.name)]: '1x30' },
      quiet: healthy,
      for: '2m',
      severity: 'critical',
      summary: 'the data disk of {{ $labels.node }} is not there any more: it was reset, or unplugged',
      runbook: 'dmesg on the node; use another cable or port; USB adapters often need their UAS quirk',
    },
    {
      name: 'DataDiskReadOnly',
      expr: groups
        .map(
          ([device, group]) =>
            `max by (node, device) (node_filesystem_readonly{node=~"${names(group)}",device=~"${device}.*"}) == 1`,
        )
        .join(' or '),
      fires: { [readOnly]: '1x30' },
      quiet: { [readOnly]: '0x30' },
      for: '1m',
      severity: 'critical',
      summary: '{{ $labels.device }} of {{ $labels.node }} went read-only: the kernel could not write to it',
      runbook: 'dmesg on the node; check the disk before it is mounted again',
    },
  ];
}

function bytesPerSecond({ enduranceTbw }: Disk): number {
  return Math.round((enduranceTbw * 1e12) / (YEARS * SECONDS_PER_YEAR));
}

/** The exporter names devices without their folder. */
function deviceOf({ device }: Disk): string {
  return device.replace('/dev/', '');
}

function names(nodes: readonly Node[]): string {
  return [...new Set(nodes.map(({ name }) => name))].toSorted().join('|');
}

function groupBy<T, K>(items: readonly T[], key: (item: T) => K): [K, [T, ...T[]]][] {
  const groups = new Map<K, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return [...groups];
}
