using Armature.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Storage;

/// <summary>What clients may do with the store through the cluster.</summary>
internal sealed class ClientBlobPolicy(IOptions<ArmatureOptions> options)
{
    private readonly StorageOptions _options = options.Value.Storage;

    /// <summary>Bytes of one blob.</summary>
    public long MaxBlobBytes => _options.MaxClientBlobBytes;

    /// <summary>Throws when a client may not name that blob.</summary>
    /// <exception cref="BlobNotAllowedException">It is not under an allowed prefix.</exception>
    public void CheckName(string name)
    {
        BlobName.ThrowIfInvalid(name);
        CheckPrefix(name);
    }

    /// <summary>Throws when a client may not list those blobs.</summary>
    /// <exception cref="BlobNotAllowedException">The prefix is not under an allowed one.</exception>
    public void CheckPrefix(string prefix)
    {
        BlobName.ThrowIfInvalidPrefix(prefix);
        if (!_options.ClientPrefixes.Any(allowed => prefix.StartsWith(allowed, StringComparison.Ordinal)))
        {
            throw new BlobNotAllowedException(prefix, string.Join(", ", _options.ClientPrefixes));
        }
    }

    /// <summary>Throws when a piece is larger than a message of the house may be.</summary>
    /// <exception cref="BlobTooLargeException">It is.</exception>
    public static void CheckPiece(string name, BlobPiece piece)
    {
        if (piece.Bytes.Length > BlobPiece.MaxBytes)
        {
            throw new BlobTooLargeException(name, piece.Bytes.Length, BlobPiece.MaxBytes, "one piece");
        }
    }
}
