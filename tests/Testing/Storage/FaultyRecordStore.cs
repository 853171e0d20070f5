using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Armature.Storage;

namespace Armature.Testing.Storage;

/// <summary>A record store in front of another one, with faults at the calls that a test chooses.</summary>
public sealed class FaultyRecordStore(IRecordStore inner) : IRecordStore
{
    /// <summary>Asked at every call, with the method's name.</summary>
    public Func<string, RecordFault> Fault { get; set; } = _ => RecordFault.None;

    /// <summary>Where commits stop before they do anything.</summary>
    public Gate? CommitGate { get; set; }

    /// <summary>The commits that were tried, in their order.</summary>
    public ConcurrentQueue<IReadOnlyList<RecordChange>> Commits { get; } = new();

    public string Location => inner.Location;

    public Task<long> OpenAsync(string partition, CancellationToken cancellationToken) =>
        CallAsync(() => inner.OpenAsync(partition, cancellationToken), cancellationToken);

    public async Task CommitAsync(string partition, long epoch, IReadOnlyList<RecordChange> changes, CancellationToken cancellationToken)
    {
        Commits.Enqueue(changes);
        if (CommitGate is { } gate)
        {
            await gate.PassAsync(cancellationToken);
        }

        await CallAsync(() => inner.CommitAsync(partition, epoch, changes, cancellationToken), cancellationToken);
    }

    public Task<IReadOnlyList<ReadOnlyMemory<byte>?>> ReadManyAsync(string partition, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        CallAsync(() => inner.ReadManyAsync(partition, keys, cancellationToken), cancellationToken);

    public IAsyncEnumerable<RecordEntry> ScanAsync(string partition, string prefix, CancellationToken cancellationToken) =>
        EnumerateAsync(inner.ScanAsync(partition, prefix, cancellationToken), cancellationToken);

    public IAsyncEnumerable<string> ListPartitionsAsync(string prefix, CancellationToken cancellationToken) =>
        EnumerateAsync(inner.ListPartitionsAsync(prefix, cancellationToken), cancellationToken);

    public Task DeletePartitionAsync(string partition, long epoch, CancellationToken cancellationToken) =>
        CallAsync(() => inner.DeletePartitionAsync(partition, epoch, cancellationToken), cancellationToken);

    private async Task<T> CallAsync<T>(Func<Task<T>> callAsync, CancellationToken cancellationToken, [CallerMemberName] string method = "")
    {
        var fault = Fault(method);
        await FailBeforeAsync(fault, cancellationToken);
        var result = await callAsync();
        return fault == RecordFault.FailsAfter ? throw Failure() : result;
    }

    private Task<bool> CallAsync(Func<Task> callAsync, CancellationToken cancellationToken, [CallerMemberName] string method = "") =>
        CallAsync(
            async () =>
            {
                await callAsync();
                return true;
            },
            cancellationToken,
            method);

    // What fails after something fails in its middle here.
    private async IAsyncEnumerable<T> EnumerateAsync<T>(
        IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellationToken, [CallerMemberName] string method = "")
    {
        var fault = Fault(method);
        await FailBeforeAsync(fault, cancellationToken);
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            yield return item;
            if (fault == RecordFault.FailsAfter)
            {
                throw Failure();
            }
        }
    }

    private async Task FailBeforeAsync(RecordFault fault, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case RecordFault.FailsBefore:
                throw Failure();
            case RecordFault.Hangs:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                break;
        }
    }

    private RecordStoreException Failure() => new(inner.Location, "a fault of the test.");
}
