namespace Armature.Testing.Redis;

/// <summary>What a test's Redis keeps when it is killed.</summary>
public enum RedisPersistence
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Every write (an append-only file, synced at each).</summary>
    AppendOnlyFile,
}
