namespace Armature.Storage;

/// <summary>A blob is larger than its reader or its store allows.</summary>
[GenerateSerializer, Alias("armature.storage.blob-too-large-exception")]
public sealed class BlobTooLargeException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="name">The blob's name.</param>
    /// <param name="length">Its length, or, of a stream whose length is unknown, what had been read of it.</param>
    /// <param name="allowed">The most that was allowed.</param>
    /// <param name="limit">What set the limit, such as <c>Armature:Storage:MaxBlobBytes</c>.</param>
    public BlobTooLargeException(string name, long length, long allowed, string limit)
        : base($"Blob {name} has {length:N0} bytes or more; {limit} allows {allowed:N0}. Send less, or raise that limit.")
    {
        Name = name;
        Length = length;
        Allowed = allowed;
        Limit = limit;
    }

    /// <summary>The blob's name.</summary>
    [Id(0)]
    public string Name { get; }

    /// <summary>Its length in bytes, or what had been read of it when the limit was passed.</summary>
    [Id(1)]
    public long Length { get; }

    /// <summary>The most that was allowed.</summary>
    [Id(2)]
    public long Allowed { get; }

    /// <summary>What set the limit.</summary>
    [Id(3)]
    public string Limit { get; }
}
