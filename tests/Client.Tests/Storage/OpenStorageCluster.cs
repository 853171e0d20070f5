namespace Armature.Storage;

/// <summary>Silos whose doors open for every name.</summary>
public sealed class OpenStorageCluster() : StorageClusterFixture([""]);
