// A Spark cluster on loopback: a master and two workers, each a process as on a machine of its own.

import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const HOST = '127.0.0.1';
const START_MS = 60_000;

/** @param {{ sparkHome: string, folder: string, workers: number }} options @returns {Promise<{ master: string, stop: () => Promise<void> }>} */
export async function startCluster({ sparkHome, folder, workers }) {
  const processes = [];
  const start = (name, args, ready) => {
    const started = startProcess({
      sparkHome,
      folder,
      args: [`org.apache.spark.deploy.${name}`, '--host', HOST, ...args],
      ready,
    });
    processes.push(started.child);
    return started.found;
  };
  const stop = async () => {
    await Promise.all(processes.map(end));
  };
  try {
    const [master] = await start('master.Master', ['--port', '0', '--webui-port', '0'], /spark:\/\/[\w.]+:\d+/);
    await Promise.all(
      Array.from({ length: workers }, (_, n) => {
        const own = join(folder, `worker-${n}`);
        mkdirSync(own);
        const args = ['--webui-port', '0', '--cores', '1', '--memory', '1g', '--work-dir', own, master];
        return start('worker.Worker', args, /Successfully registered with master/);
      }),
    );
    return { master, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A process, and what its log says when it is ready. */
function startProcess({ sparkHome, folder, args, ready }) {
  const child = spawn(join(sparkHome, 'bin', 'spark-class'), args, {
    cwd: folder,
    env: { ...process.env, SPARK_HOME: sparkHome, SPARK_LOCAL_IP: HOST },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const log = [];
  const found = new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`${args[0]} ${why}:\n${log.slice(-20).join('\n')}`));
    const timer = setTimeout(() => fail(`was not ready after ${START_MS / 1000} s`), START_MS);
    child.on('error', reject);
    child.on('exit', (code) => fail(`ended with ${code}`));
    createInterface({ input: child.stderr }).on('line', (line) => {
      log.push(line);
      const match = ready.exec(line);
      if (match === null) return;
      clearTimeout(timer);
      resolve(match);
    });
  });
  return { child, found };
}

function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  return new Promise((resolve) => {
    child.removeAllListeners('exit').on('exit', resolve);
    child.kill();
  });
}
