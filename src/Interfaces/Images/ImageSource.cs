namespace Armature.Images;

/// <summary>An image to process: its bytes, or the name of a blob that holds them.</summary>
[GenerateSerializer, Immutable, Alias("armature.images.image-source")]
public sealed record ImageSource
{
    private ImageSource(byte[]? bytes, string? blobName)
    {
        Bytes = bytes;
        BlobName = blobName;
    }

    /// <summary>The encoded image; null when it is a blob. Not to be changed.</summary>
    [Id(0)]
    public byte[]? Bytes { get; private init; }

    /// <summary>The name of a blob in the cluster's store; null when the image is given as bytes.</summary>
    [Id(1)]
    public string? BlobName { get; private init; }

    /// <summary>An image given as its bytes. They must not be changed before the call that uses them has ended.</summary>
    public static ImageSource FromBytes(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return new(bytes, null);
    }

    /// <summary>An image in the cluster's blob store.</summary>
    public static ImageSource FromBlob(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(null, name);
    }
}
