namespace Armature.Caching;

/// <summary>Who loads a key, until when, and who waits for it.</summary>
internal sealed class LoadLease(byte[] key, ILoadTarget target)
{
    public byte[] Key { get; } = key;

    public ILoadTarget Target { get; } = target;

    /// <summary>Who loads it. It may not know: the answer that said so may be lost.</summary>
    public long Asker { get; private set; }

    /// <summary>What the loader shows to be the one; nobody before or after has the same.</summary>
    public long Token { get; private set; }

    /// <summary>The partition's number when the load began: what is invalidated since then stops the entry.</summary>
    public long Version { get; private set; }

    /// <summary>What the entry is written with.</summary>
    public PackedTags Tags { get; private set; }

    /// <summary>On the leases' clock, in milliseconds.</summary>
    public long Deadline { get; private set; }

    public LinkedList<LoadPlace> Waiting { get; } = new();

    /// <summary>Gives it to somebody; whoever had it is refused from now on.</summary>
    public void GrantTo(LoadCall call, int index, long deadline)
    {
        (Asker, Tags, Deadline) = (call.Asker, call.Tags, deadline);
        (Token, Version) = (Random.Shared.NextInt64(1, long.MaxValue), Target.NextVersion());
        call.Grant(index, this);
    }

    /// <summary>True when a barrier of a cache means what it loads.</summary>
    public bool IsMeantBy(CacheBarrier barrier, byte[] prefix) =>
        Target.Prefix.AsSpan().SequenceEqual(prefix) && barrier.Means(Key.AsSpan(prefix.Length), Tags);

    public void Renew(long deadline) => Deadline = deadline;
}
