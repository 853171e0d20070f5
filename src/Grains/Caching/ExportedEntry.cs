namespace Armature.Caching;

/// <summary>An entry on its way from one silo to another.</summary>
/// <param name="Data">The <see cref="StoreKey"/>, behind it the value, and behind that the tags.</param>
/// <param name="KeyLength">The bytes of the key.</param>
/// <param name="TagsLength">The bytes of the tags.</param>
/// <param name="Version">The number that it was written with.</param>
/// <param name="Remaining">Milliseconds that it lives on, 0 or less when it has expired; <see cref="CacheTime.Never"/> for ever.</param>
/// <param name="Sliding">What a read moves the expiry to, in milliseconds from then; 0 for an expiry that stays.</param>
/// <param name="StaleSeconds">How long it is kept once it has expired.</param>
/// <param name="Uses">How often it was asked for, about: 0 to 15.</param>
internal readonly record struct ExportedEntry(byte[] Data, int KeyLength, int TagsLength, long Version, long Remaining, long Sliding, int StaleSeconds, byte Uses)
{
    public ReadOnlySpan<byte> Key => Data.AsSpan(0, KeyLength);

    public PackedTags Tags => new(Data.AsMemory(Data.Length - TagsLength));
}
