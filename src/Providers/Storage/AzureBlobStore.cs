using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Armature.Hosting;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Armature.Storage;

/// <summary>Blobs in a container of Azure Blob Storage. Retries are the SDK's.</summary>
public sealed class AzureBlobStore : IBlobStore
{
    private readonly BlobContainerClient _container;
    private readonly long _maxBlobBytes;
    private volatile bool _isContainerThere;

    /// <summary>Opens the container. Nothing is sent before the first call.</summary>
    public AzureBlobStore(BlobContainerClient container, StorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(container);
        ArgumentNullException.ThrowIfNull(options);
        _container = container;
        _maxBlobBytes = options.MaxBlobBytes;
    }

    /// <inheritdoc/>
    public string Location => _container.Uri.GetLeftPart(UriPartial.Path);

    /// <inheritdoc/>
    public async Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var blob = Find(name, cancellationToken);
        ThrowIfTooLarge(name, content.Length);
        await using var stream = BinaryData.FromBytes(content).ToStream();
        await UploadAsync(blob, stream, new(), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task PutAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var blob = Find(name, cancellationToken);
        if (content.CanSeek)
        {
            ThrowIfTooLarge(name, content.Length - content.Position);
            await UploadAsync(blob, content, new(), cancellationToken).ConfigureAwait(false);
            return;
        }

        await using var limited = new LengthLimitedStream(name, content, _maxBlobBytes, StorageOptions.MaxBlobBytesName);
        await using var spooled = await SpooledStream.ReadAsync(limited, cancellationToken).ConfigureAwait(false);
        await UploadAsync(blob, spooled, new(), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<bool> TryCreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var blob = Find(name, cancellationToken);
        ThrowIfTooLarge(name, content.Length);
        await using var stream = BinaryData.FromBytes(content).ToStream();
        try
        {
            await UploadAsync(blob, stream, new() { IfNoneMatch = ETag.All }, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (BlobStoreException e) when (e.InnerException is RequestFailedException { Status: 409 or 412 })
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string name, long maxBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        using var download = await DownloadAsync(name, default, cancellationToken).ConfigureAwait(false);
        if (download is null)
        {
            return null;
        }

        var length = download.Details.ContentLength;
        return length <= maxBytes
            ? await ReadAllAsync(download, cancellationToken).ConfigureAwait(false)
            : throw new BlobTooLargeException(name, length, maxBytes, "its reader");
    }

    /// <inheritdoc/>
    public async Task<BlobRange?> ReadRangeAsync(string name, long offset, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);

        // Azure refuses a range that is empty or starts at the end, so those are answered from what is known of the blob.
        // One that grew since is looked at again.
        while (await GetInfoAsync(name, cancellationToken).ConfigureAwait(false) is { } info)
        {
            if (count == 0 || offset >= info.Length)
            {
                return new(info, []);
            }

            if (await ReadPartAsync(name, offset, count, cancellationToken).ConfigureAwait(false) is { } range)
            {
                return range;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) =>
        (await DownloadAsync(name, default, cancellationToken).ConfigureAwait(false))?.Content;

    /// <inheritdoc/>
    public async Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken)
    {
        var blob = Find(name, cancellationToken);
        return await CallAsync(async () =>
        {
            try
            {
                var properties = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
                return new BlobInfo(name, properties.ContentLength, properties.LastModified, Version(properties.ETag));
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                return null;
            }
        }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var blob = Find(name, cancellationToken);
        return await CallAsync(async () =>
            (await blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken)
                .ConfigureAwait(false)).Value).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        BlobName.ThrowIfInvalidPrefix(prefix);
        return List(prefix, cancellationToken);
    }

    private async IAsyncEnumerable<BlobInfo> List(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await EnsureContainerAsync(cancellationToken).ConfigureAwait(false);
        await using var blobs = _container
            .GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (await CallAsync(() => blobs.MoveNextAsync().AsTask()).ConfigureAwait(false))
        {
            var properties = blobs.Current.Properties;
            yield return new(
                blobs.Current.Name,
                properties.ContentLength.GetValueOrDefault(),
                properties.LastModified.GetValueOrDefault(),
                Version(properties.ETag.GetValueOrDefault()));
        }
    }

    // One request for one blob: were it sent in blocks, two writers of one name would throw away or mix each other's.
    private async Task UploadAsync(BlockBlobClient blob, Stream content, BlobRequestConditions conditions, CancellationToken cancellationToken)
    {
        await EnsureContainerAsync(cancellationToken).ConfigureAwait(false);
        var options = new BlobUploadOptions
        {
            Conditions = conditions,
            TransferOptions = new StorageTransferOptions { InitialTransferSize = _maxBlobBytes, MaximumConcurrency = 1 },
        };
        await CallAsync(() => blob.UploadAsync(content, options, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<BlobDownloadStreamingResult?> DownloadAsync(string name, HttpRange range, CancellationToken cancellationToken)
    {
        var blob = Find(name, cancellationToken);
        return await CallAsync(async () =>
        {
            try
            {
                var options = new BlobDownloadOptions { Range = range };
                return (await blob.DownloadStreamingAsync(options, cancellationToken).ConfigureAwait(false)).Value;
            }
            catch (RequestFailedException e) when (e.Status is 404 or 416)
            {
                return null;
            }
        }).ConfigureAwait(false);
    }

    private async Task<BlobRange?> ReadPartAsync(string name, long offset, int count, CancellationToken cancellationToken)
    {
        using var download = await DownloadAsync(name, new HttpRange(offset, count), cancellationToken).ConfigureAwait(false);
        if (download is null)
        {
            return null;
        }

        var details = download.Details;
        var length = ContentRangeHeaderValue.Parse(details.ContentRange).Length.GetValueOrDefault();
        var bytes = await ReadAllAsync(download, cancellationToken).ConfigureAwait(false);
        return new(new(name, length, details.LastModified, Version(details.ETag)), bytes);
    }

    private Task<byte[]> ReadAllAsync(BlobDownloadStreamingResult download, CancellationToken cancellationToken) => CallAsync(async () =>
    {
        var bytes = new byte[download.Details.ContentLength];
        await download.Content.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes;
    });

    // Azure gives it with quotes in one place and without in another.
    private static string Version(ETag tag) => tag.ToString().Trim('"');

    private async Task EnsureContainerAsync(CancellationToken cancellationToken)
    {
        if (_isContainerThere)
        {
            return;
        }

        await CallAsync(async () =>
        {
            try
            {
                return await _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            }
            catch (RequestFailedException e) when (e.Status == 403)
            {
                // Who may only use the container cannot create it; if it is not there, the call itself will say so.
                return null;
            }
        }).ConfigureAwait(false);
        _isContainerThere = true;
    }

    private BlockBlobClient Find(string name, CancellationToken cancellationToken)
    {
        BlobName.ThrowIfInvalid(name);
        cancellationToken.ThrowIfCancellationRequested();
        return _container.GetBlockBlobClient(name);
    }

    private async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or Azure.Identity.AuthenticationFailedException)
        {
            throw new BlobStoreException(
                Location,
                $"Azure did not do it ({e.Message.Split('\n')[0].Trim()}). Check Armature:Storage:AzureConnectionString or AzureServiceUri, the network, "
                + "and that this process may read and write there (role Storage Blob Data Contributor).",
                e);
        }
    }

    private void ThrowIfTooLarge(string name, long length)
    {
        if (length > _maxBlobBytes)
        {
            throw new BlobTooLargeException(name, length, _maxBlobBytes, StorageOptions.MaxBlobBytesName);
        }
    }
}
