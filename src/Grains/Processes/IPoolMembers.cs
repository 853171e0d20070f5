namespace Armature.Processes;

/// <summary>A pool as its slots see it.</summary>
internal interface IPoolMembers
{
    /// <summary>The child is ready and takes requests.</summary>
    void Join(ChildSession child);

    /// <summary>Another child has taken this one's place; it finishes what it has and ends.</summary>
    void Leave(ChildSession child);

    /// <summary>A child could not be started.</summary>
    void OnStartFailed(ProcessStartException exception);
}
