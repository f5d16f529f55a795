import { z } from 'zod';
import { BoardSchema } from './board.ts';
import { dnsLabel, ipAddress, ipNetwork, ipRange, strict } from './schema.ts';

const LanSchema = strict({
  /** The network, such as `192.168.1.0/24`. */
  subnet: ipNetwork,
  /** The router's address in it. */
  gateway: ipAddress,
  /** Ranges that are somebody else's: the router's DHCP range, printers, cameras. */
  reserved: z.array(strict({ range: ipRange, for: z.string().min(1) })).default([]),
  /** Load-balancer pools by name; a cluster takes one as `network.pool`. */
  pools: z.record(dnsLabel, ipRange),
  /** Name servers for the nodes. Default: the gateway. */
  nameservers: z.array(ipAddress).optional(),
  /** Time servers for the nodes, which have no battery for their clocks. Default Cloudflare's. */
  timeServers: z.array(z.string().min(1)).min(1).default(['time.cloudflare.com']),
});

const UplinkSchema = strict({
  /** Mbit/s towards the homelab. */
  downMbps: z.number().positive(),
  /** Mbit/s towards the Internet. */
  upMbps: z.number().positive(),
});

const PowerSchema = strict({
  /** Watts that the supply can deliver. */
  supplyWatts: z.number().positive(),
  /** The uninterruptible power supply, if there is one. */
  ups: strict({
    /** Watt-hours of a full battery, from its data sheet. */
    wattHours: z.number().positive(),
    /** Watts that it can deliver. */
    watts: z.number().positive(),
  }).optional(),
  /** What electricity costs, such as `{ perKwh: 0.25, currency: 'EUR' }`. Default: no costs are shown. */
  price: strict({
    perKwh: z.number().positive(),
    currency: z.string().min(1),
    /** What the site's hardware cost, boards, modules and disks together. */
    hardware: z.number().positive().optional(),
  }).optional(),
});

export const SiteSchema = strict({
  name: dnsLabel,
  /** The local network that the boards and the load balancer share. */
  lan: LanSchema,
  /** The line to the Internet. */
  uplink: UplinkSchema.optional(),
  /** What feeds the boards. */
  power: PowerSchema.optional(),
  /** The boards that stand here. */
  boards: z.array(BoardSchema).min(1, 'a site needs at least one board'),
});
