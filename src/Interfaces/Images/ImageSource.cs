using Armature.Storage;

namespace Armature.Images;

/// <summary>An image to process: its bytes, or the name of a blob that holds them. Equal when the bytes or the names are.</summary>
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
    /// <exception cref="ArgumentException">No blob can be called that.</exception>
    public static ImageSource FromBlob(string name)
    {
        Storage.BlobName.ThrowIfInvalid(name);
        return new(null, name);
    }

    /// <inheritdoc/>
    public bool Equals(ImageSource? other) =>
        other is not null
        && string.Equals(BlobName, other.BlobName, StringComparison.Ordinal)
        && Bytes.AsSpan().SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    /// <remarks>From the length and the last bytes: coded pixels there differ between any two pictures, and reading all would cost more than comparing.</remarks>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(BlobName, StringComparer.Ordinal);
        hash.Add(Bytes?.Length);
        hash.AddBytes(Bytes.AsSpan(Math.Max(0, (Bytes?.Length ?? 0) - 256)));
        return hash.ToHashCode();
    }
}
