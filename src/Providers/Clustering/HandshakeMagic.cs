namespace Armature.Clustering;

/// <summary>The first bytes of a challenge: they tell a silo with a secret from one without.</summary>
internal static class HandshakeMagic
{
    public const int Length = 8;

    public static ReadOnlySpan<byte> Bytes => "ARMTR\0\0\u0001"u8;
}
