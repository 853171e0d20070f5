using System.Runtime.InteropServices;

namespace Armature.Caching;

/// <summary>One of several keys of a request that are read together. Small: all of them are gone through several times.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct KeyRead
{
    /// <summary>Its place in the request.</summary>
    public int Place;

    public ulong Hash;

    /// <summary>The next one of the same shard; -1 behind the last.</summary>
    public int Next;

    /// <summary>Where the shard has it; <see cref="SlotTable.None"/> where it does not.</summary>
    public int Slot;

    /// <summary>The bytes that the shard has for it: asked for so that they are on their way before the key is compared with them.</summary>
    public int Length;

    /// <summary>Of one whose value was given at once: when it expires, where this read moved that as <see cref="CachedValue.IsMoved"/> says; else 0.</summary>
    public long MovedTo;
}
