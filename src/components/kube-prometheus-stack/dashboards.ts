import type { Cluster, Node } from '../../model/index.ts';
import type { Dashboard, Objective, Panel } from '../contribution.ts';

/** The dashboards of the cluster as a whole; a component's own is in its folder. */
export function clusterDashboards(cluster: Cluster, objectives: readonly Objective[]): Dashboard[] {
  return [fleet(cluster), hardware(cluster.nodes), power(cluster), objectivesDashboard(objectives)];
}

const CPU_USED = '1 - avg by (node) (rate(node_cpu_seconds_total{mode="idle"}[5m]))';
const MEMORY_USED = '1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes';

function fleet({ name }: Cluster): Dashboard {
  const share = (resource: string) =>
    `sum(kube_pod_container_resource_requests{resource="${resource}"}) / sum(kube_node_status_allocatable{resource="${resource}"})`;
  return {
    name: 'fleet',
    title: `Fleet: ${name}`,
    panels: [
      {
        title: 'Alerts firing',
        kind: 'stat',
        warn: 1,
        alarm: 3,
        width: 6,
        queries: [
          {
            expr: 'count(ALERTS{alertstate="firing",severity=~"warning|critical"}) or vector(0)',
          },
        ],
      },
      {
        title: 'Nodes ready',
        kind: 'stat',
        width: 6,
        queries: [{ expr: 'sum(kube_node_status_condition{condition="Ready",status="true"})' }],
      },
      {
        title: 'Pods running',
        kind: 'stat',
        width: 6,
        queries: [{ expr: 'sum(kube_pod_status_phase{phase="Running"})' }],
      },
      {
        title: 'Targets down',
        kind: 'stat',
        warn: 1,
        alarm: 1,
        width: 6,
        queries: [{ expr: 'count(up == 0) or vector(0)' }],
      },
      // The reference's targets: 70 % CPU, 80 % memory.
      gauge('CPU requested', share('cpu'), 0.7, 0.9),
      gauge('Memory requested', share('memory'), 0.8, 0.95),
      {
        title: 'Pods by node',
        kind: 'timeseries',
        queries: [{ expr: 'count by (node) (kube_pod_info)', legend: '{{node}}' }],
      },
      lines('CPU used', CPU_USED, 'percentunit', 12),
      lines('Memory used', MEMORY_USED, 'percentunit', 12),
      {
        title: 'What is firing',
        kind: 'table',
        width: 24,
        queries: [{ expr: 'ALERTS{alertstate="firing",severity=~"warning|critical"}' }],
      },
    ],
  };
}

function hardware(nodes: readonly Node[]): Dashboard {
  const slowest = Math.min(...nodes.map(({ machine }) => machine.throttleCelsius));
  return {
    name: 'node-hardware',
    title: 'Node hardware',
    panels: [
      {
        ...lines('Temperature', 'max by (node) (node_thermal_zone_temp)', 'celsius', 12),
        warn: slowest - 10,
        alarm: slowest,
      },
      lines(
        'Slowed down by heat',
        'max by (node) (node_cooling_device_cur_state{type=~"(thermal-)?cpufreq.*"})',
        'short',
        12,
      ),
      lines('Clock of the cores', 'max by (node) (node_cpu_scaling_frequency_hertz)', 'hertz', 12),
      lines('Load', 'node_load5', 'short', 12),
      lines(
        'Written',
        'sum by (node, device) (rate(node_disk_written_bytes_total{device=~"mmcblk.*|nvme.*|sd.*"}[5m]))',
        'Bps',
        12,
        '{{node}} {{device}}',
      ),
      lines(
        'Written in a day',
        'sum by (node, device) (increase(node_disk_written_bytes_total{device=~"mmcblk.*|nvme.*|sd.*"}[1d]))',
        'bytes',
        12,
        '{{node}} {{device}}',
      ),
      lines(
        'Read',
        'sum by (node, device) (rate(node_disk_read_bytes_total{device=~"mmcblk.*|nvme.*|sd.*"}[5m]))',
        'Bps',
        12,
        '{{node}} {{device}}',
      ),
      lines(
        'File systems used',
        '1 - node_filesystem_avail_bytes{fstype=~"ext4|xfs"} / node_filesystem_size_bytes{fstype=~"ext4|xfs"}',
        'percentunit',
        12,
        '{{node}} {{mountpoint}}',
      ),
      lines(
        'Received',
        'sum by (node) (rate(node_network_receive_bytes_total{device=~"e.*"}[5m]))',
        'Bps',
        12,
      ),
      lines('Sent', 'sum by (node) (rate(node_network_transmit_bytes_total{device=~"e.*"}[5m]))', 'Bps', 12),
      lines('Clock off by', 'node_timex_offset_seconds', 's', 12),
      lines('Sensors', 'node_hwmon_temp_celsius', 'celsius', 12, '{{node}} {{chip}} {{sensor}}'),
    ],
  };
}

/** No board measures itself: what it draws is between its idle and its peak, by how busy its cores are. */
function power({ nodes, site }: Cluster): Dashboard {
  const watts = nodes
    .map(({ name, machine: { idleWatts, peakWatts } }) => {
      const busy = `(1 - avg by (node) (rate(node_cpu_seconds_total{mode="idle",node="${name}"}[5m])))`;
      return `(${idleWatts} + ${Number((peakWatts - idleWatts).toPrecision(4))} * ${busy})`;
    })
    .join(' or ');
  const total = `sum(${watts})`;
  const supply = site.power?.supplyWatts;
  return {
    name: 'power',
    title: 'Power (estimated from data sheets and load)',
    panels: [
      {
        title: 'All nodes',
        kind: 'stat',
        unit: 'watt',
        ...(supply === undefined ? {} : { warn: supply * 0.8, alarm: supply }),
        queries: [{ expr: total }],
      },
      {
        title: 'In a month',
        kind: 'stat',
        unit: 'kwatth',
        queries: [{ expr: `${total} * 730 / 1000` }],
      },
      lines('By node', watts, 'watt', 8),
    ],
  };
}

function objectivesDashboard(objectives: readonly Objective[]): Dashboard {
  return {
    name: 'objectives',
    title: 'Service level objectives',
    panels: objectives.flatMap(({ name, title, percent }): Panel[] => {
      const errors = (window: string) => `objective:errors:ratio_rate${window}{objective="${name}"}`;
      const budget = Number((1 - percent / 100).toPrecision(6));
      return [
        {
          title: `${title}: 30 days, ${percent} % promised`,
          kind: 'stat',
          unit: 'percentunit',
          width: 12,
          queries: [{ expr: `1 - ${errors('30d')}` }],
        },
        {
          title: `${title}: error budget left`,
          kind: 'gauge',
          unit: 'percentunit',
          width: 12,
          queries: [{ expr: `1 - ${errors('30d')} / ${budget}` }],
        },
      ];
    }),
  };
}

function gauge(title: string, expr: string, warn: number, alarm: number): Panel {
  return { title, kind: 'gauge', unit: 'percentunit', warn, alarm, queries: [{ expr }] };
}

function lines(title: string, expr: string, unit: string, width: 8 | 12, legend = '{{node}}'): Panel {
  return { title, kind: 'timeseries', unit, width, queries: [{ expr, legend }] };
}
