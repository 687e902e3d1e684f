/** Several processes: ClusterSpec, Server, devices, Supervisor, and what SyncReplicasOptimizer is made of. */
package io.retrograd.lib.tf.cluster;
