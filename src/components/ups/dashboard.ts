import type { Dashboard } from '../contribution.ts';

export function upsDashboard(): Dashboard {
  return {
    name: 'ups',
    title: 'UPS',
    panels: [
      {
        title: 'On battery',
        kind: 'stat',
        warn: 1,
        alarm: 1,
        width: 6,
        queries: [{ expr: 'network_ups_tools_ups_status{flag="OB"}' }],
      },
      {
        title: 'Battery',
        kind: 'gauge',
        unit: 'percent',
        width: 6,
        queries: [{ expr: 'network_ups_tools_battery_charge' }],
      },
      {
        title: 'Runtime left',
        kind: 'timeseries',
        unit: 's',
        width: 12,
        queries: [{ expr: 'network_ups_tools_battery_runtime', legend: 'runtime' }],
      },
      {
        title: 'Load',
        kind: 'timeseries',
        unit: 'percent',
        warn: 80,
        alarm: 100,
        width: 12,
        queries: [{ expr: 'network_ups_tools_ups_load', legend: 'load' }],
      },
      {
        title: 'Drawn from the UPS',
        kind: 'timeseries',
        unit: 'watt',
        width: 12,
        queries: [{ expr: 'network_ups_tools_ups_realpower', legend: 'power' }],
      },
      {
        title: 'Mains',
        kind: 'timeseries',
        unit: 'volt',
        width: 12,
        queries: [{ expr: 'network_ups_tools_input_voltage', legend: 'voltage' }],
      },
    ],
  };
}
