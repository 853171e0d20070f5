namespace Armature.Storage;

/// <summary>A blob is larger than its reader allows.</summary>
[GenerateSerializer, Alias("armature.storage.blob-too-large-exception")]
public sealed class BlobTooLargeException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public BlobTooLargeException(string name, long length, long allowed)
        : base($"Blob {name} has {length:N0} bytes; at most {allowed:N0} are read here.")
    {
        Name = name;
        Length = length;
        Allowed = allowed;
    }

    /// <summary>The blob's name.</summary>
    [Id(0)]
    public string Name { get; }

    /// <summary>Its length in bytes.</summary>
    [Id(1)]
    public long Length { get; }

    /// <summary>The most that was allowed.</summary>
    [Id(2)]
    public long Allowed { get; }
}
