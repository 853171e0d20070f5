using Armature.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Clustering;

/// <summary>
/// Whether this silo may answer as a member of its cluster. A silo that was frozen or cut off for so long that the others may have
/// declared it dead, and given its grains to others, holds no lease: it must not answer from what it remembers. Ask right before an
/// answer leaves. Costs two clock readings. Thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// The lease is held for <see cref="MembershipOptions.LeaseDuration"/> from the beginning of the last round of calls in which the
/// others said that they count this silo in; see <see cref="LeaseKeeper"/>. Death takes
/// <see cref="MembershipOptions.EarliestDetection"/> of missed probes, which is longer, so whoever holds the lease is not yet dead.
/// </para>
/// <para>
/// A lost lease comes back only after rounds without a gap for a whole probe timeout, and a reading of the membership table begun
/// after them: by then every probe that was missed before has been answered, or its vote has been counted.
/// </para>
/// <para>
/// What it does not cover: a silo that is frozen between the check and the sending of its answer, and one that another silo
/// could not reach already when it froze. What must not be written twice is fenced by epochs in the record store.
/// </para>
/// </remarks>
public sealed class MembershipLease
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _duration;
    private readonly TimeSpan _probation;

    private volatile LeaseTime _proven;
    private volatile LeaseTime? _probationSince;

    /// <summary>Creates the lease, which is not held yet; done by the container.</summary>
    public MembershipLease(IOptions<ArmatureOptions> options, TimeProvider time)
        : this((options ?? throw new ArgumentNullException(nameof(options))).Value.Cluster.Membership, time)
    {
    }

    internal MembershipLease(MembershipOptions options, TimeProvider time)
    {
        _time = time;
        _duration = options.LeaseDuration;
        _probation = options.ProbeTimeout;
        _proven = LeaseTime.Now(time);
        _probationSince = _proven;
    }

    /// <summary>True while this silo may answer as a member.</summary>
    public bool IsHeld => _probationSince is null && Age <= _duration;

    /// <summary>The time since the last proof.</summary>
    internal TimeSpan Age => _proven.Age(_time);

    /// <summary>True when rounds have succeeded for long enough that a reading of the membership table brings the lease back.</summary>
    internal bool AwaitsConfirmation => _probationSince is { } since && Age <= _duration && since.Age(_time) >= _probation;

    /// <summary>Passes while this silo may answer as a member.</summary>
    /// <exception cref="MembershipStaleException">It may not; the caller should try again.</exception>
    public void ThrowIfStale()
    {
        if (!IsHeld)
        {
            throw new MembershipStaleException(Age, _duration);
        }
    }

    /// <summary>The silo has made itself a member, by a write to the membership table that was begun at <paramref name="begun"/>.</summary>
    internal void Begin(LeaseTime begun)
    {
        _proven = begun;
        _probationSince = null;
    }

    /// <summary>The others count this silo in, as a round begun at <paramref name="begun"/> has shown. One caller at a time.</summary>
    internal void Prove(LeaseTime begun)
    {
        // A gap loses the lease even when nobody asked during it.
        if (Age > _duration)
        {
            _probationSince = begun;
        }

        _proven = begun;
    }

    /// <summary>The membership table, read after <see cref="AwaitsConfirmation"/> was seen, says that this silo is active.</summary>
    internal void Confirm()
    {
        if (AwaitsConfirmation)
        {
            _probationSince = null;
        }
    }
}
