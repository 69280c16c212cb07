// Loaded before the command where a parent process had to stay: dies with that parent, however it was killed.

// The parent's end closes the channel. Waiting for it must not keep a finished command alive.
process.channel?.unref()
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
