using System.Collections.Concurrent;
using System.Security.Cryptography;
using Armature.Storage;

namespace Armature.Rendering;

/// <summary>Brings the bundles of sites to the silos' blob store, each once. One that is in use is written again before it is old enough to be pruned.</summary>
internal sealed class SiteSender(IBlobStore blobs, TimeProvider time)
{
    // Far below the shortest that silos keep bundles for: 2 days.
    private static readonly TimeSpan RefreshAge = TimeSpan.FromDays(1);
    private static readonly TimeSpan CheckAge = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Sending> _sent = new(StringComparer.Ordinal);

    /// <exception cref="RenderException">The site's folder was changed since it was opened.</exception>
    public async Task SendAsync(Site site, CancellationToken cancellationToken)
    {
        var bundle = site.Description.Bundle;
        var sending = _sent.AddOrUpdate(bundle, _ => Begin(site), (_, known) => time.GetElapsedTime(known.Since) < CheckAge ? known : Begin(site));
        try
        {
            await sending.Done.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch when (sending.Done.Value is { IsFaulted: true } or { IsCanceled: true })
        {
            _sent.TryRemove(KeyValuePair.Create(bundle, sending));
            throw;
        }
    }

    /// <summary>It is not there any more: the next page sends it again.</summary>
    public void Forget(Site site) => _sent.TryRemove(site.Description.Bundle, out _);

    private Sending Begin(Site site) => new(time.GetTimestamp(), new Lazy<Task>(() => SendOnceAsync(site)));

    // Not with one caller's token: others wait for it too.
    private async Task SendOnceAsync(Site site)
    {
        var name = site.Description.BlobName;
        if (await blobs.GetInfoAsync(name, CancellationToken.None).ConfigureAwait(false) is { } known
            && known.Length == site.Package.Bytes && time.GetUtcNow() - known.WrittenAt < RefreshAge)
        {
            return;
        }

        var file = new FileStream(
            Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await using (file.ConfigureAwait(false))
        {
            Write(site, file);
            file.Position = 0;
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, CancellationToken.None).ConfigureAwait(false)) != site.Description.Bundle)
            {
                throw Changed(site, null);
            }

            file.Position = 0;
            await blobs.PutAsync(name, file, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static void Write(Site site, Stream target)
    {
        try
        {
            site.Package.WriteTo(target);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Changed(site, e);
        }
    }

    private static RenderException Changed(Site site, Exception? cause) => new(
        RenderErrorCodes.SiteUnusable, $"{site.Folder} was changed since the site was opened: it was built anew. Open it again ({nameof(Site)}.{nameof(Site.Open)}).", cause);

    private sealed record Sending(long Since, Lazy<Task> Done);
}
