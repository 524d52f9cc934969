/** The same service as that of the round trips. */
import '../ws/server.ts'
