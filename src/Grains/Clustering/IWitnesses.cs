namespace Armature.Clustering;

/// <summary>Who can say whether this silo is a member.</summary>
internal interface IWitnesses
{
    /// <summary>True when so many of the others count this silo in that the rest could not declare it dead.</summary>
    Task<bool> CountUsInAsync(CancellationToken cancellationToken);

    /// <summary>True when the membership table, read now, says that this silo is active.</summary>
    Task<bool> TableCountsUsInAsync(CancellationToken cancellationToken);
}
