namespace Armature.Caching;

/// <summary>The one key of a call could not be dealt with. Calls with many keys give the error in the key's place instead.</summary>
[GenerateSerializer, Alias("armature.caching.key-exception")]
public sealed class CacheKeyException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public CacheKeyException(ItemError error)
        : base(error.Message) => Error = error;

    /// <summary>Why: see <see cref="CacheErrorCodes"/>.</summary>
    [Id(0)]
    public ItemError Error { get; }
}
