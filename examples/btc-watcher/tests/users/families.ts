import {
  authenticatedReadUser,
  authenticationUser,
  highConcurrencyAuthUser,
} from './authentication.ts'
import { apiMonitorUser, realWorldUser } from './combined.ts'
import {
  signalComplexQueryUser,
  signalMixedUser,
  signalReadUser,
  signalWebhookUser,
} from './signals.ts'
import {
  strategyMixedUser,
  strategyOperationsUser,
  strategyReadUser,
  strategyWriteUser,
} from './strategies.ts'

/** All kinds of users, by the part of the service that they are at. */
export const families = {
  authentication: [authenticationUser, authenticatedReadUser, highConcurrencyAuthUser],
  strategies: [strategyReadUser, strategyWriteUser, strategyOperationsUser, strategyMixedUser],
  signals: [signalReadUser, signalWebhookUser, signalComplexQueryUser, signalMixedUser],
  combined: [realWorldUser, apiMonitorUser],
} as const

/** All of them; a load of fewer users has the first ones of this list. */
export const everyone = [
  realWorldUser,
  strategyWriteUser,
  signalWebhookUser,
  authenticationUser,
  signalReadUser,
  strategyMixedUser,
  strategyReadUser,
  signalMixedUser,
  authenticatedReadUser,
  strategyOperationsUser,
  signalComplexQueryUser,
  highConcurrencyAuthUser,
  apiMonitorUser,
]
