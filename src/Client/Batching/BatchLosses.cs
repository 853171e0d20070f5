namespace Armature.Batching;

/// <summary>Counts how often a batch was lost with the silo that coordinated it: it is sent again, but not without end.</summary>
internal sealed class BatchLosses
{
    /// <summary>How often a batch may be lost.</summary>
    public const int Most = 5;

    private int _count;

    /// <summary>Whether the failure is such a loss, and not one too many.</summary>
    public bool MayRepeat(ArmatureException failure) =>
        failure is BatchLostException or BatchNotFoundException or BatchFailedException && ++_count <= Most;
}
