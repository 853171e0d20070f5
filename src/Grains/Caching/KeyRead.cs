using System.Runtime.InteropServices;

namespace Armature.Caching;

/// <summary>One of several keys of a request that are read together, and what was found.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct KeyRead
{
    /// <summary>Its place in the request.</summary>
    public int Place;

    public ulong Hash;

    /// <summary>The next one of the same shard; -1 behind the last.</summary>
    public int Next;

    /// <summary>The entry; <c>default</c>, whose version no entry has, where there is none.</summary>
    public CachedValue Found;
}
