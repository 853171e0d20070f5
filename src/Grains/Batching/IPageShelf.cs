namespace Armature.Batching;

/// <summary>Where pages of results lie that their coordinator does not keep in memory.</summary>
internal interface IPageShelf
{
    /// <summary>Puts a page there; afterwards memory need not have it.</summary>
    Task PutAsync(int page, PackedEntries entries);

    /// <exception cref="BatchFailedException">The page is gone.</exception>
    Task<PackedEntries> GetAsync(int page, CancellationToken cancellationToken);
}
