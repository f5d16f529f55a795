import type { Alert } from '../contribution.ts';
import { workloadDown } from '../shared.ts';
import { NAMESPACE, secondsOf, type UpsOptions } from './names.ts';

/** Made of NUT's variables by its exporter (github.com/DRuggeri/nut_exporter). */
export const UPS_METRICS = [
  'network_ups_tools_ups_status',
  'network_ups_tools_battery_charge',
  'network_ups_tools_battery_runtime',
  'network_ups_tools_ups_load',
  'network_ups_tools_ups_realpower',
  'network_ups_tools_input_voltage',
];

/** Percent of what it can deliver. */
const FULL_LOAD = 80;

export function upsAlerts(options: UpsOptions, sheds: boolean): Alert[] {
  const onBattery = 'network_ups_tools_ups_status{flag="OB"}';
  const replace = 'network_ups_tools_ups_status{flag="RB"}';
  const runtime = 'network_ups_tools_battery_runtime';
  const load = 'network_ups_tools_ups_load';
  const low = secondsOf('workers', options);
  return [
    workloadDown('UpsServerDown', 'deployment', NAMESPACE, 'nut', 'nobody knows when the battery is empty'),
    ...(sheds
      ? [
          workloadDown(
            'UpsShedDown',
            'deployment',
            NAMESPACE,
            'shed',
            'apps are not stopped before the nodes',
          ),
        ]
      : []),
    {
      name: 'UpsOnBattery',
      expr: `${onBattery} == 1`,
      fires: { [onBattery]: '1x30' },
      quiet: { [onBattery]: '0x30' },
      for: '1m',
      severity: 'warning',
      summary: 'the mains are gone, the homelab runs on its battery',
      runbook: `Apps stop at ${options.appsAtMinutes} minutes of battery, workers at ${options.workersAtMinutes}, control planes at ${options.controlPlaneAtMinutes}`,
    },
    {
      name: 'UpsRuntimeLow',
      expr: `${runtime} < ${low} and on () ${onBattery} == 1`,
      fires: { [runtime]: `${low - 1}x30`, [onBattery]: '1x30' },
      quiet: { [runtime]: `${low - 1}x30`, [onBattery]: '0x30' },
      for: '0m',
      severity: 'critical',
      summary: 'the battery has {{ $value | humanizeDuration }} left: the workers shut down',
      runbook: 'Nothing to do: with the mains everything starts again by itself, or by the board controller',
    },
    {
      name: 'UpsOverloaded',
      expr: `${load} > ${FULL_LOAD}`,
      fires: { [load]: `${FULL_LOAD + 1}x30` },
      quiet: { [load]: `${FULL_LOAD - 1}x30` },
      for: '10m',
      severity: 'warning',
      summary: `the UPS delivers {{ $value | printf "%.0f" }} % of what it can, more than ${FULL_LOAD}`,
      runbook: 'Take something off it; homeplane capacity says what the boards draw',
    },
    {
      name: 'UpsBatteryWorn',
      expr: `${replace} == 1`,
      fires: { [replace]: '1x60' },
      quiet: { [replace]: '0x60' },
      for: '30m',
      severity: 'warning',
      summary: 'the UPS asks for a new battery',
      runbook: 'Replace the battery: it lasts for less time than it says',
    },
  ];
}
