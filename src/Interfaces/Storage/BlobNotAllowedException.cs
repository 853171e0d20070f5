namespace Armature.Storage;

/// <summary>A client asked the cluster for a blob that clients may not reach through it.</summary>
[GenerateSerializer, Alias("armature.storage.blob-not-allowed-exception")]
public sealed class BlobNotAllowedException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public BlobNotAllowedException(string name, string allowedPrefixes)
        : base(
            $"Through the cluster clients reach blobs under {allowedPrefixes} only; \"{name}\" is not one of them. "
            + "Use such a name, give the client the store itself, or add to Armature:Storage:ClientPrefixes on the silos.")
    {
        Name = name;
        AllowedPrefixes = allowedPrefixes;
    }

    /// <summary>The name, or the prefix of a listing.</summary>
    [Id(0)]
    public string Name { get; }

    /// <summary>The prefixes that are allowed.</summary>
    [Id(1)]
    public string AllowedPrefixes { get; }
}
