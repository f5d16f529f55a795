import type { Rule } from '../rule.ts';
import { ARM001 } from './ARM001.ts';
import { BCK001 } from './BCK001.ts';
import { CAP001 } from './CAP001.ts';
import { CAP002 } from './CAP002.ts';
import { DEF005 } from './DEF005.ts';
import { DEF006 } from './DEF006.ts';
import { DEF007 } from './DEF007.ts';
import { DEF008 } from './DEF008.ts';
import { FLX001 } from './FLX001.ts';
import { FLX002 } from './FLX002.ts';
import { FLX003 } from './FLX003.ts';
import { HA001 } from './HA001.ts';
import { HA002 } from './HA002.ts';
import { NET001 } from './NET001.ts';
import { NET002 } from './NET002.ts';
import { NET003 } from './NET003.ts';
import { NET004 } from './NET004.ts';
import { NET005 } from './NET005.ts';
import { NET006 } from './NET006.ts';
import { NET007 } from './NET007.ts';
import { NET008 } from './NET008.ts';
import { NET009 } from './NET009.ts';
import { NET010 } from './NET010.ts';
import { NET011 } from './NET011.ts';
import { NET012 } from './NET012.ts';
import { NET013 } from './NET013.ts';
import { OBS001 } from './OBS001.ts';
import { PWR001 } from './PWR001.ts';
import { PWR002 } from './PWR002.ts';
import { PWR003 } from './PWR003.ts';
import { PWR004 } from './PWR004.ts';
import { PWR005 } from './PWR005.ts';
import { PWR006 } from './PWR006.ts';
import { SD001 } from './SD001.ts';
import { SD002 } from './SD002.ts';
import { SEC001 } from './SEC001.ts';
import { SEC002 } from './SEC002.ts';
import { SEC003 } from './SEC003.ts';
import { SEC004 } from './SEC004.ts';
import { UPD001 } from './UPD001.ts';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  ARM001,
  BCK001,
  CAP001,
  CAP002,
  DEF005,
  DEF006,
  DEF007,
  DEF008,
  FLX001,
  FLX002,
  FLX003,
  HA001,
  HA002,
  NET001,
  NET002,
  NET003,
  NET004,
  NET005,
  NET006,
  NET007,
  NET008,
  NET009,
  NET010,
  NET011,
  NET012,
  NET013,
  OBS001,
  PWR001,
  PWR002,
  PWR003,
  PWR004,
  PWR005,
  PWR006,
  SD001,
  SD002,
  SEC001,
  SEC002,
  SEC003,
  SEC004,
  UPD001,
];
