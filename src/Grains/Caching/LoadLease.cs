namespace Armature.Caching;

/// <summary>Who loads a key, until when, and who waits for it.</summary>
internal sealed class LoadLease(byte[] key, ILoadTarget target)
{
    public byte[] Key { get; } = key;

    public ILoadTarget Target { get; } = target;

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
    public LoadOutcome GrantTo(LoadCall call, long deadline)
    {
        (Token, Version, Tags, Deadline) = (Random.Shared.NextInt64(1, long.MaxValue), Target.NextVersion(), call.Tags, deadline);
        return new(LoadState.Granted, Token);
    }

    public void Renew(long deadline) => Deadline = deadline;
}
