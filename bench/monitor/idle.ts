// An idle service of so many workers; it ends with the process that started it.
import cluster from 'node:cluster'

const workers = Number(process.argv[2])
if (cluster.isPrimary) {
  for (let worker = 0; worker < workers; worker++) cluster.fork()
  setTimeout(() => console.log('up'), 500 + workers * 200)
  process.stdin.resume().on('end', () => process.exit())
} else {
  setInterval(() => {}, 1_000)
}
