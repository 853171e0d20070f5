using System.Runtime.InteropServices;

namespace Armature.Caching;

/// <summary>One of several keys of a request that are read together. Small: all of them are gone through several times.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct KeyRead
{
    /// <summary>Its place in the request.</summary>
    public int Place;

    public ulong Hash;

    /// <summary>Where its bytes begin in <see cref="KeyReads"/>.</summary>
    public int Start;

    public int Length;

    /// <summary>Where the shard has it; <see cref="SlotTable.None"/> where it does not.</summary>
    public int Slot;

    /// <summary>What the shard has as the key's last byte: asked for so that it is on its way before the key is compared.</summary>
    public byte Last;

    /// <summary>Of one whose value was given at once: when it expires, where this read moved that as <see cref="CachedValue.IsMoved"/> says; else 0.</summary>
    public long MovedTo;
}
