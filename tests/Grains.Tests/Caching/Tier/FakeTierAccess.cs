namespace Armature.Caching.Tier;

/// <summary>The way of one silo to a <see cref="FakeCacheTier"/>, which can be cut.</summary>
internal sealed class FakeTierAccess(FakeCacheTier tier) : ICacheTier
{
    /// <summary>True when nothing gets through; writes lie on the way, and may come late.</summary>
    public bool IsCut { get; set; }

    /// <summary>What is thrown while it is cut.</summary>
    public CacheTierException Failure { get; set; } = new("tier of a test", "it is cut off.");

    /// <summary>What is found when somebody looks why there is no answer.</summary>
    public CacheTierException? Problem { get; set; }

    /// <summary>What is waited for before a read is answered, with what the tier had when it came.</summary>
    public Task Reading { get; set; } = Task.CompletedTask;

    /// <summary>What is waited for before a partition is opened.</summary>
    public Task Opening { get; set; } = Task.CompletedTask;

    /// <summary>How often a partition was to be opened.</summary>
    public int Opens { get; private set; }

    /// <summary>What is waited for before a write is done.</summary>
    public Task Writing { get; set; } = Task.CompletedTask;

    public string Location => "tier of a test";

    public async Task<TierOpening?> OpenAsync(int partition, string owner, long? expected, CancellationToken cancellationToken)
    {
        Opens++;
        await Opening;
        return await Do(() => tier.Open(partition, owner, expected));
    }

    public Task<bool> AdoptAsync(int partition, string owner, long epoch, bool isVoid, CancellationToken cancellationToken) =>
        Do(() => tier.Adopt(partition, owner, epoch, isVoid));

    public Task ReleaseAsync(int partition, long epoch, string successor, CancellationToken cancellationToken) => Do(() =>
    {
        tier.Release(partition, epoch, successor);
        return true;
    });

    public Task RecordWitnessesAsync(string owner, IReadOnlyList<string> witnesses, CancellationToken cancellationToken) => Do(() =>
    {
        tier.RecordWitnesses(owner, witnesses);
        return true;
    });

    public async Task<TierPage> ReadAsync(IReadOnlyList<ReadOnlyMemory<byte>> keys, CancellationToken cancellationToken)
    {
        var page = await Do(() => tier.Read(keys));
        await Reading;
        return page;
    }

    public async Task<IReadOnlyList<int>> WriteAsync(IReadOnlyList<TierWrite> writes, CancellationToken cancellationToken)
    {
        if (IsCut)
        {
            tier.Delay(writes);
        }

        await Writing;
        return await Do(() => tier.Write(writes));
    }

    public Task PingAsync(CancellationToken cancellationToken) => Do(() => true);

    public Task<CacheTierException?> FindProblemAsync(CancellationToken cancellationToken) => Task.FromResult(Problem);

    private Task<T> Do<T>(Func<T> act) => IsCut ? Task.FromException<T>(Failure) : Task.FromResult(act());
}
