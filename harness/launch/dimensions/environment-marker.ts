import type { StartState } from '../../facts/start-state.ts';
import { environmentMarker as marker } from '../protocol.ts';
import { compare, type Dimension } from './dimension.ts';

/** NAME=value, for the environment of the launch. */
export const markersOf = (start: StartState): readonly string[] => (start.environmentMarker ? [marker] : []);

export const environmentMarker: Dimension = {
  show: ({ facts, start }) => (start.environmentMarker ? compare(facts.environmentMarker, true) : null),
};
