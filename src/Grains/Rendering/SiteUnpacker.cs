using System.Formats.Tar;
using System.Security.Cryptography;
using Armature.Hosting;
using Armature.Storage;
using Microsoft.Extensions.Options;

namespace Armature.Rendering;

/// <summary>Brings a site's bundle from the blob store into a folder, and checks on the way that it is the one that was asked for.</summary>
internal sealed class SiteUnpacker(IBlobStore blobs, IOptions<ArmatureOptions> options)
{
    private const int MaxFiles = 20_000;
    private const int MaxPathLength = 512;

    private readonly long _maxBytes = options.Value.Rendering.MaxBundleBytes;

    /// <param name="bundle">The content address.</param>
    /// <param name="folder">A folder that is not there yet. What is in it after a failure is not to be used.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RenderException">There is no such bundle, or it is damaged, too large or no archive of a site.</exception>
    public async Task UnpackAsync(string bundle, string folder, CancellationToken cancellationToken)
    {
        var name = RenderSite.BlobNameOf(bundle);
        await CheckSizeAsync(name, cancellationToken);
        await using var blob = await blobs.OpenReadAsync(name, cancellationToken) ?? throw Missing(name);
        using var hash = SHA256.Create();
        await using var hashed = new CryptoStream(blob, hash, CryptoStreamMode.Read, leaveOpen: true);
        try
        {
            await UnpackAsync(hashed, Directory.CreateDirectory(folder).FullName, cancellationToken);
            await hashed.CopyToAsync(Stream.Null, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw Unusable(name, $"is no tar archive: {e.Message}");
        }

        if (Convert.ToHexStringLower(hash.Hash!) != bundle)
        {
            throw Unusable(name, "does not have the content that its name promises; it was damaged or replaced. Send the site again");
        }
    }

    private async Task CheckSizeAsync(string name, CancellationToken cancellationToken)
    {
        var info = await blobs.GetInfoAsync(name, cancellationToken) ?? throw Missing(name);
        if (info.Length > _maxBytes)
        {
            throw Unusable(name, $"has {info.Length:N0} bytes, at most {_maxBytes:N0} are taken (Rendering.MaxBundleBytes)");
        }
    }

    private async Task UnpackAsync(Stream source, string folder, CancellationToken cancellationToken)
    {
        await using var reader = new TarReader(source, leaveOpen: true);
        var files = 0;
        var bytes = 0L;
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            bytes += entry.Length;
            if (++files > MaxFiles || bytes > _maxBytes)
            {
                throw new InvalidDataException($"it has more than {MaxFiles:N0} files or {_maxBytes:N0} bytes");
            }

            await WriteAsync(entry, folder, cancellationToken);
        }
    }

    private static async Task WriteAsync(TarEntry entry, string folder, CancellationToken cancellationToken)
    {
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !IsPlain(entry.Name))
        {
            throw new InvalidDataException($"only files with plain relative names may be in it, but there is a {entry.EntryType} '{entry.Name}'");
        }

        var path = Path.Combine(folder, entry.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        if (entry.DataStream is { } data)
        {
            await data.CopyToAsync(target, cancellationToken);
        }
    }

    private static bool IsPlain(string name) =>
        name.Length is > 0 and <= MaxPathLength
        && name.AsSpan().IndexOfAny('\\', ':', '\0') < 0
        && name.Split('/').All(static segment => segment is not ("" or "." or ".."));

    private static RenderException Missing(string name) => new(
        RenderErrorCodes.SiteMissing, $"There is no bundle {name} in the store of this cluster: it was never sent, or pruned. Send the site again.");

    private static RenderException Unusable(string name, string problem) => new(RenderErrorCodes.SiteUnusable, $"The bundle {name} {problem}.");
}
