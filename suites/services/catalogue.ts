/**
 * Ten services, each with a pidfile and its default port, by the settings of its package where those bring both.
 * One row each.
 */

import type { Service } from './service.ts';

const postgres = '/usr/lib/postgresql/15/bin';
const asPostgres = ['/usr/sbin/runuser', '-u', 'postgres', '--'] as const;

export const services: readonly Service[] = [
  {
    name: 'nginx',
    package: 'nginx-light',
    argv: ['/usr/sbin/nginx'],
    pidfile: '/run/nginx.pid',
    port: 80,
  },
  {
    name: 'redis',
    package: 'redis-server',
    argv: ['/usr/bin/redis-server', '--daemonize', 'yes', '--dir', '{dir}', '--pidfile', '/run/redis.pid'],
    pidfile: '/run/redis.pid',
    port: 6379,
  },
  {
    name: 'memcached',
    package: 'memcached',
    argv: ['/usr/bin/memcached', '-d', '-u', 'nobody', '-P', '/run/memcached/memcached.pid'],
    pidfile: '/run/memcached/memcached.pid',
    port: 11211,
    directories: { '/run/memcached': 'nobody' },
  },
  {
    name: 'sshd',
    package: 'openssh-server',
    argv: ['/usr/sbin/sshd', '-h', '{dir}/host_key'],
    pidfile: '/run/sshd.pid',
    port: 22,
    setup: [['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', '{dir}/host_key']],
    directories: { '/run/sshd': 'root' },
  },
  {
    name: 'mosquitto',
    package: 'mosquitto',
    argv: ['/usr/sbin/mosquitto', '-d', '-c', '{dir}/mosquitto.conf'],
    pidfile: '/run/mosquitto/mosquitto.pid',
    port: 1883,
    files: {
      'mosquitto.conf': [
        'listener 1883',
        'allow_anonymous true',
        'pid_file /run/mosquitto/mosquitto.pid',
        'log_dest file /var/log/mosquitto/mosquitto.log',
      ],
    },
    directories: { '/run/mosquitto': 'mosquitto' },
  },
  {
    name: 'haproxy',
    package: 'haproxy',
    argv: ['/usr/sbin/haproxy', '-D', '-f', '{dir}/haproxy.cfg', '-p', '/run/haproxy.pid'],
    pidfile: '/run/haproxy.pid',
    port: 80,
    files: {
      'haproxy.cfg': [
        'global',
        '    maxconn 64',
        'defaults',
        '    mode http',
        '    timeout connect 1s',
        '    timeout client 1s',
        '    timeout server 1s',
        'frontend example',
        '    bind :80',
      ],
    },
  },
  {
    name: 'lighttpd',
    package: 'lighttpd',
    argv: ['/usr/sbin/lighttpd', '-f', '/etc/lighttpd/lighttpd.conf'],
    pidfile: '/run/lighttpd.pid',
    port: 80,
    directories: { '/run/lighttpd': 'www-data' },
  },
  {
    name: 'cron',
    package: 'cron',
    argv: ['/usr/sbin/cron'],
    pidfile: '/run/crond.pid',
    port: null,
  },
  {
    name: 'rsyslogd',
    package: 'rsyslog',
    argv: ['/usr/sbin/rsyslogd', '-f', '{dir}/rsyslog.conf', '-i', '/run/rsyslogd.pid'],
    pidfile: '/run/rsyslogd.pid',
    port: 514,
    files: {
      'rsyslog.conf': [
        'module(load="imtcp")',
        'input(type="imtcp" port="514")',
        'action(type="omfile" file="/var/log/rsyslog-example.log")',
      ],
    },
  },
  {
    name: 'postgresql',
    package: 'postgresql-15',
    // None of its programs runs as root.
    argv: [...asPostgres, `${postgres}/pg_ctl`, '-D', '{dir}/data', '-l', '{dir}/log', 'start'],
    pidfile: '{dir}/data/postmaster.pid',
    port: 5432,
    user: 'postgres',
    setup: [[...asPostgres, `${postgres}/initdb`, '--no-sync', '-D', '{dir}/data']],
    directories: { '/run/postgresql': 'postgres' },
    changesItself: {
      '{dir}/data/pg_wal/': 'its background writer logs what transactions there are by the clock',
      '{dir}/data/global/pg_control': 'so does its checkpointer',
    },
  },
];
