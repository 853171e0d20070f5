namespace Armature.Storage;

/// <summary>Silos whose doors open as they do by default, and that take one upload each at a time, of 8 MiB.</summary>
public sealed class ClosedStorageCluster() : StorageClusterFixture(["batches/", "payloads/"]);
