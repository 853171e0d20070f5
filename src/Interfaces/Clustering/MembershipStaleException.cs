namespace Armature.Clustering;

/// <summary>A silo could not answer because it does not know whether the others still count it in. The call may be repeated.</summary>
[GenerateSerializer, Alias("armature.clustering.membership-stale-exception")]
public sealed class MembershipStaleException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public MembershipStaleException(TimeSpan unconfirmed, TimeSpan allowed)
        : base($"This silo has not been confirmed as a member of its cluster for {unconfirmed.TotalSeconds:0.0} s; it answers only within {allowed.TotalSeconds:0.0} s of that. It was paused or cut off. Try again: the call then reaches a member.", innerException: null)
    {
        Unconfirmed = unconfirmed;
        Allowed = allowed;
    }

    /// <summary>The time since the last proof.</summary>
    [Id(0)]
    public TimeSpan Unconfirmed { get; }

    /// <summary>How old a proof may be.</summary>
    [Id(1)]
    public TimeSpan Allowed { get; }
}
