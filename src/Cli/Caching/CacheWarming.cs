using System.Globalization;
using Armature.Reporting;
using Armature.Terminal;

namespace Armature.Caching;

/// <summary>Writes lines of JSON into a cache, a page at a time. Used once.</summary>
internal sealed class CacheWarming(CacheClient<ReadOnlyMemory<byte>> cache, CacheExpiry? expiry)
{
    private const int PageEntries = 10_000;
    private const int PageBytes = 16 << 20;

    /// <summary>A value of the largest size, with room for its key and for JSON that is spread out.</summary>
    private const int MaxLineBytes = 4 << 20;

    private const int ListedFailures = 1_000;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly List<(int Line, CacheItem<ReadOnlyMemory<byte>> Item)> _page = [];
    private readonly List<FailedItem> _failed = [];
    private long _pageBytes;

    /// <summary>Lines read that are not blank.</summary>
    public int Lines { get; private set; }

    /// <summary>Entries written.</summary>
    public int Written { get; private set; }

    /// <summary>Lines that failed.</summary>
    public int FailedCount { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<FailedItem> Failed => _failed;

    /// <summary>Writes all lines.</summary>
    public async Task RunAsync(Stream stream, IProgress<ProgressSnapshot> progress, CancellationToken cancellationToken)
    {
        var number = 0;
        await foreach (var (line, readTo) in TextLines.ReadAsync(stream, MaxLineBytes, cancellationToken))
        {
            number++;
            if (line?.AsSpan().Trim(" \t\r"u8).IsEmpty == true)
            {
                continue;
            }

            Lines++;
            Read(line, number);
            if (_page.Count == PageEntries || _pageBytes >= PageBytes)
            {
                await SendAsync(cancellationToken);
                progress.Report(SnapshotAt(stream, readTo));
            }
        }

        await SendAsync(cancellationToken);
        progress.Report(new(Lines, Written, FailedCount, []));
    }

    private void Read(byte[]? line, int number)
    {
        if (line is null)
        {
            Fail(number, "line_too_long", $"It has more than {MaxLineBytes >> 20} MiB. A cache takes values of {CacheLimits.MaxValueBytes >> 20} MiB at most.");
            return;
        }

        var json = line.AsMemory(number == 1 && line.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0);
        if (WarmLine.Read(json, expiry?.IsSliding == true, out var item) is { } wrong)
        {
            Fail(number, "line_invalid", wrong);
            return;
        }

        _page.Add((number, item));
        _pageBytes += line.Length;
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        var result = await cache.SetManyAsync([.. _page.Select(entry => entry.Item)], new() { Ttl = expiry }, cancellationToken);
        for (var i = 0; i < result.Count; i++)
        {
            if (result[i] is { } error)
            {
                Fail(_page[i].Line, error.Code, error.Message);
                continue;
            }

            Written++;
        }

        _page.Clear();
        _pageBytes = 0;
    }

    private void Fail(int line, string code, string message)
    {
        FailedCount++;
        if (_failed.Count < ListedFailures)
        {
            _failed.Add(new(string.Create(CultureInfo.InvariantCulture, $"line {line}"), code, message));
        }
    }

    // How many lines there are is guessed from how much of the file they have taken so far.
    private ProgressSnapshot SnapshotAt(Stream stream, long readTo) => stream.CanSeek
        ? new((int)Math.Min(int.MaxValue, Math.Max(Lines, (double)Lines * stream.Length / readTo)), Written, FailedCount, [])
        : new(Lines, Written, FailedCount, []) { IsTotalKnown = false };
}
