/**
 * Says of a side that it has the options of V8 that the plugin starts perf processes with: they collect what is young
 * more often, which streams gain by and short requests pay for.
 */
export const TOLD = 'CPU as in a perf process'
