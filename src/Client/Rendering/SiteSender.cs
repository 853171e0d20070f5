using System.Collections.Concurrent;
using Armature.Storage;

namespace Armature.Rendering;

/// <summary>Brings the bundles of sites to the silos' blob store, each once.</summary>
internal sealed class SiteSender(IBlobStore blobs)
{
    private readonly ConcurrentDictionary<string, Lazy<Task>> _sent = new(StringComparer.Ordinal);

    /// <exception cref="RenderException">The site's folder was changed since it was opened.</exception>
    public async Task SendAsync(Site site, CancellationToken cancellationToken)
    {
        var bundle = site.Description.Bundle;
        var sending = _sent.GetOrAdd(bundle, _ => new Lazy<Task>(() => SendOnceAsync(site)));
        try
        {
            await sending.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch when (sending.Value is { IsFaulted: true } or { IsCanceled: true })
        {
            _sent.TryRemove(KeyValuePair.Create(bundle, sending));
            throw;
        }
    }

    /// <summary>It is not there any more: the next page sends it again.</summary>
    public void Forget(Site site) => _sent.TryRemove(site.Description.Bundle, out _);

    // Not with one caller's token: others wait for it too.
    private async Task SendOnceAsync(Site site)
    {
        var name = site.Description.BlobName;
        if (await blobs.GetInfoAsync(name, CancellationToken.None).ConfigureAwait(false) is { } known && known.Length == site.Package.Bytes)
        {
            return;
        }

        var file = new FileStream(
            Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await using (file.ConfigureAwait(false))
        {
            site.Package.WriteTo(file);
            file.Position = 0;
            await blobs.PutAsync(name, file, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
